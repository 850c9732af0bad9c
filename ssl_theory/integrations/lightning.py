"""A watch of collapse as a callback of Lightning."""

import logging
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from torch import nn

from ssl_theory.collapse.monitor import Monitor
from ssl_theory.collapse.observation import Observation
from ssl_theory.integrations.probes import called
from ssl_theory.integrations.torch_distributed import agreed
from ssl_theory.integrations.torch_hooks import Watch

if TYPE_CHECKING or "pytorch_lightning" not in sys.modules:
    from lightning.pytorch import Callback
else:  # whoever works with the older name has no use for a second copy under the newer
    from pytorch_lightning import Callback

__all__ = ["CollapseCallback"]

logger = logging.getLogger(__name__)


class CollapseCallback(Callback):
    """Watches a ``LightningModule``: to be given to ``Trainer(callbacks=[...])``.

    What :meth:`Watch.numbers <ssl_theory.integrations.torch_hooks.Watch.numbers>` tells of a probe
    goes to every logger that the trainer has, and to ``trainer.callback_metrics``, where other
    callbacks find it; an alarm is a warning of Python's logging too. The state is in the trainer's
    checkpoints: training that resumes from one is watched as if it had not stopped. The probe
    passes in the precision that the trainer trains in, and where many processes train one model,
    all are shown what the first one sees.

    Parameters
    ----------
    probe, taps, monitor, every, gather, others
        As :class:`~ssl_theory.integrations.torch_hooks.Watch` takes them; modules are named, and
        steps are the trainer's ``global_step``.
    stop
        Whether an alarm ends training.
    name
        What the names of logged numbers begin with; two callbacks in one trainer need two.
    """

    def __init__(
        self,
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
        super().__init__()
        self.monitor = Monitor() if monitor is None else monitor
        self.name, self.stop = name, stop
        self.watch: Watch | None = None
        self._words: dict[str, Any] = {
            "probe": probe,
            "taps": taps,
            "every": every,
            "gather": gather,
            **others,
        }
        self._forward, self._steps = forward, 0

    @property
    def state_key(self) -> str:
        """Where the state is in a checkpoint."""
        return self._generate_state_key(name=self.name)

    def on_fit_start(self, trainer: Any, pl_module: Any) -> None:
        """Find the modules to watch."""

        def forward(model: nn.Module, probe: Any) -> Any:
            with trainer.precision_plugin.forward_context():
                return self._forward(model, probe)

        self.watch = Watch(pl_module, monitor=self.monitor, forward=forward, **self._words)
        self.watch.steps = self._steps

    def on_train_batch_end(self, trainer: Any, pl_module: Any, *batch: Any) -> None:
        """Look at the probe, if it is time, and log what is seen."""
        assert self.watch is not None  # fitting has started
        status = self.watch.step(trainer.global_step)
        if status is None:
            return
        found = self.watch.numbers(status)
        numbers = {f"{self.name}/{name}": number for name, number in found.items()}
        for each in trainer.loggers:
            each.log_metrics(numbers, step=trainer.global_step)
        # The loggers have it: pl_module.log would give them only one in `log_every_n_steps`.
        pl_module.log_dict(numbers, logger=False, on_step=True, on_epoch=False)
        if status.alarm is not None:
            trainer.should_stop = trainer.should_stop or self.stop
            if trainer.is_global_zero:
                logger.warning("%s", status.alarm)

    def state_dict(self) -> dict[str, Any]:
        """For a checkpoint."""
        if self.watch is not None:
            self._steps = self.watch.steps
        return {"steps": self._steps, "monitor": self.monitor.state_dict()}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """From a checkpoint."""
        self._steps = state_dict["steps"]
        self.monitor.load_state_dict(state_dict["monitor"])
