"""A watch of collapse as a callback of the Trainer of Transformers."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from torch import nn
from transformers import (
    Trainer,
    TrainerCallback,
    TrainerControl,
    TrainerState,
    TrainingArguments,
)

from ssl_theory.collapse.monitor import Monitor
from ssl_theory.collapse.observation import Observation
from ssl_theory.integrations.probes import called
from ssl_theory.integrations.torch_distributed import agreed
from ssl_theory.integrations.torch_hooks import Watch

__all__ = ["CollapseCallback"]

logger = logging.getLogger(__name__)


class CollapseCallback(TrainerCallback):
    """Watches the model of a trainer: ``trainer.add_callback(CollapseCallback(trainer, ...))``.

    What :meth:`Watch.numbers <ssl_theory.integrations.torch_hooks.Watch.numbers>` tells of a probe
    goes to ``trainer.log``, and so to its history and to whatever it reports to; an alarm is a
    warning of Python's logging too. The state is in ``trainer_state.json`` of every checkpoint:
    training that resumes from one is watched as if it had not stopped. The probe passes in the
    precision that the trainer trains in, and where many processes train one model, all are shown
    what the first one sees.

    Parameters
    ----------
    trainer
        To whom it is added.
    probe, taps, monitor, every, gather, others
        As :class:`~ssl_theory.integrations.torch_hooks.Watch` takes them; modules are named, and
        steps are the trainer's ``global_step``. A dictionary is what the model is called with.
    stop
        Whether an alarm ends training.
    name
        What the names of logged numbers begin with; two callbacks in one trainer need two.
    """

    def __init__(
        self,
        trainer: Trainer,
        probe: Any,
        taps: Mapping[str, str],
        monitor: Monitor | None = None,
        *,
        every: int = 50,
        stop: bool = False,
        name: str = "collapse",
        forward: Callable[[nn.Module, Any], Any] = called,
        gather: Callable[[Observation], Observation] = agreed,
        **others: Any,
    ) -> None:
        self.trainer, self.name, self.stop = trainer, name, stop
        self.monitor = Monitor() if monitor is None else monitor
        self.watch: Watch | None = None
        self._words: dict[str, Any] = {
            "probe": probe,
            "taps": taps,
            "every": every,
            "gather": gather,
            **others,
        }
        self._forward = forward
        self._fresh = {"steps": 0, "monitor": self.monitor.state_dict()}

    def on_train_begin(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        **given: Any,
    ) -> None:
        """Find the modules to watch, and go on from a checkpoint if the trainer does."""

        def forward(model: nn.Module, probe: Any) -> Any:
            with self.trainer.compute_loss_context_manager():
                return self._forward(model, probe)

        model: Any = self.trainer.model
        self.watch = Watch(model, monitor=self.monitor, forward=forward, **self._words)
        self.watch.load_state_dict(_kept(state).get(self.name, self._fresh))

    def on_step_end(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        **given: Any,
    ) -> None:
        """Look at the probe, if it is time, and log what is seen."""
        assert self.watch is not None  # training has begun
        status = self.watch.step(state.global_step)
        if status is None:
            return
        # What is here is written to each checkpoint; between two looks only the count of steps
        # changes, which the trainer keeps as well.
        _kept(state)[self.name] = self.watch.state_dict()
        found = self.watch.numbers(status)
        self.trainer.log({f"{self.name}/{name}": number for name, number in found.items()})
        if status.alarm is not None:
            control.should_training_stop = control.should_training_stop or self.stop
            if state.is_world_process_zero:
                logger.warning("%s", status.alarm)


def _kept(state: TrainerState) -> dict[str, Any]:
    """What a checkpoint keeps of callbacks, by name."""
    kept: Any = state.stateful_callbacks  # declared as a list, and a dictionary from the start
    return kept
