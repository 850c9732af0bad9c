"""What a PyTorch model makes of a held-out probe, followed while it trains."""

import contextlib
from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor, nn

from ssl_theory.collapse.alarm import Status
from ssl_theory.collapse.monitor import Monitor
from ssl_theory.collapse.observation import Observation
from ssl_theory.integrations.probes import called, parts, placed
from ssl_theory.integrations.undisturbed import undisturbed

__all__ = ["Watch"]

WRAPPERS = (nn.DataParallel, nn.parallel.DistributedDataParallel)


class Watch:
    """Shows a monitor, every so many steps, what modules of ``model`` make of ``probe``.

    The probe passes in eval mode, without gradients and with random numbers of its own; then
    everything is put back, so that training goes on bit by bit as if nobody had looked. Hooks are
    there only while the probe passes. The state is the monitor's and a count of steps: no module
    holds it, so no change of a module's dtype or device reaches it.

    A model wrapped by ``DataParallel``, ``DistributedDataParallel`` or ``torch.compile`` is looked
    at without the wrapper, whose parameters are the same.

    Parameters
    ----------
    model
        The module that the probe is given to.
    probe
        What it is called with: a tensor, a tuple of arguments or a dictionary of named ones.
        Tensors follow the model's parameters to their device and, if of floats, to their dtype.
    taps
        Where each part of an :class:`~ssl_theory.collapse.observation.Observation` is seen: the
        output of a module, given itself or by its name in ``model`` (the model's own is ``""``).
        The embeddings ``"z"`` have to be there.
    monitor
        What is told; a new one if left out.
    every
        Steps between probes.
    views
        The probe once more, its items augmented: what ``"z"`` makes of it are the ``views``.
    others
        Parts that no module returns: numbers and arrays, or functions that are called for them.
    select
        What of a module's output to take, by the name of the tap: for tuples and dictionaries.
    forward
        How to give the probe to the model, when ``model(probe)`` is not how.
    gather
        What to make of an observation before the monitor sees it, as are ``gathered`` and
        ``agreed`` of :mod:`ssl_theory.integrations.torch_distributed`.
    chunk
        How many items to embed at a time; all of them if left out.

    Examples
    --------
    Two probes of an encoder that ten steps do not change.

    >>> model = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 4))
    >>> watch = Watch(model, torch.randn(64, 8), {"z": "2", "backbone": "1"}, every=5)
    >>> [step for step in range(1, 11) if watch.step()]
    [5, 10]
    """

    def __init__(
        self,
        model: nn.Module,
        probe: Any,
        taps: Mapping[str, nn.Module | str],
        monitor: Monitor | None = None,
        *,
        every: int = 50,
        views: Any = None,
        others: Mapping[str, Any] | None = None,
        select: Mapping[str, Callable[[Any], Tensor]] | None = None,
        forward: Callable[[nn.Module, Any], Any] | None = None,
        gather: Callable[[Observation], Observation] | None = None,
        chunk: int | None = None,
    ) -> None:
        if "z" not in taps:
            raise ValueError(
                f"`taps` must say where the embeddings `z` are seen, got {sorted(taps)}. "
                'Add {"z": module}.'
            )
        if every < 1:
            raise ValueError(f"`every` must be at least 1 step, got {every}.")
        self.model = _unwrapped(model)
        self.taps = {name: _module(self.model, tap) for name, tap in taps.items()}
        self.monitor = Monitor() if monitor is None else monitor
        self.probe, self.views = probe, views
        self.every, self.steps = every, 0
        self._others, self._select = dict(others or {}), dict(select or {})
        self._forward, self._gather, self._chunk = forward or called, gather, chunk

    def step(self, now: int | None = None) -> Status | None:
        """To be called after each step of the optimiser; what the monitor says if it looked.

        A loop that counts its steps itself gives how many they are ``now``.
        """
        before, self.steps = self.steps, self.steps + 1 if now is None else now
        return self.look() if self.steps // self.every > before // self.every else None

    def look(self) -> Status:
        """Show the probe now."""
        return self.monitor.observe(self.observation(), step=self.steps)

    def observation(self) -> Observation:
        """What there is to see now."""
        with undisturbed(self.model):
            seen = self._outputs(self.probe, self.taps)
            if self.views is not None:
                seen["views"] = self._outputs(self.views, {"z": self.taps["z"]})["z"]
        for name, other in self._others.items():
            seen[name] = other() if callable(other) else other
        found = Observation.of(**seen)
        return found if self._gather is None else self._gather(found)

    def numbers(self, status: Status) -> dict[str, float]:
        """What to log of a probe: channels, their losses in tolerances, evidence and alarms.

        ``alarms`` counts those so far, and ``alarms/KIND`` those of one kind, so that no plot
        that thins its points can lose one.
        """
        step, channels = self.monitor.history[-1] if self.monitor.history else (None, {})
        found = {"evidence": status.evidence, "alarms": float(len(self.monitor.alarms))}
        for alarm in self.monitor.alarms:
            for kind in alarm.kinds:
                name = f"alarms/{kind.value}"
                found[name] = found.get(name, 0.0) + 1
        found |= {f"loss/{name}": loss for name, loss in status.losses.items()}
        if step == status.step:
            found |= {f"channel/{name}": value for name, value in channels.items()}
        return {name.replace(" ", "_"): number for name, number in found.items()}

    def state_dict(self) -> dict[str, Any]:
        """All that is needed to go on later, as numbers, strings, lists and dictionaries."""
        return {"steps": self.steps, "monitor": self.monitor.state_dict()}

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Go on from where ``state`` was taken, of a watch made with the same words."""
        self.steps = state["steps"]
        self.monitor.load_state_dict(state["monitor"])

    def _outputs(self, probe: Any, taps: Mapping[str, nn.Module]) -> dict[str, Any]:
        calls: dict[str, list[Tensor]] = {name: [] for name in taps}
        with contextlib.ExitStack() as hooks:
            for name, module in taps.items():
                recorder = self._recorder(name, calls[name])
                hooks.enter_context(module.register_forward_hook(recorder))
            for passed, part in enumerate(parts(probe, self._chunk), 1):
                self._forward(self.model, placed(part, self.model))
                for name, outputs in calls.items():
                    _called_once(name, len(outputs) - passed + 1)
        return {name: torch.cat(outputs) for name, outputs in calls.items()}

    def _recorder(self, name: str, outputs: list[Tensor]) -> Callable[..., None]:
        select = self._select.get(name, lambda output: output)

        def record(module: nn.Module, given: Any, output: Any) -> None:
            chosen = select(output)
            if not isinstance(chosen, Tensor):
                raise TypeError(
                    f"`taps[{name!r}]` must give a tensor, got {type(chosen).__name__}. Say what "
                    f"of it to take: select={{{name!r}: lambda output: output[...]}}."
                )
            # A copy, because a later module may write over what this one returned.
            outputs.append(chosen.detach().to("cpu", torch.float64, copy=True))

        return record


def _called_once(name: str, times: int) -> None:
    if times == 1:
        return
    remedy = "Give a `forward` that embeds one view of the items, once."
    if not times:
        remedy = "Name a module that the model calls; of a compiled part, the whole."
    raise ValueError(
        f"`taps[{name!r}]` must be called once as the probe passes, got {times} calls. {remedy}"
    )


def _unwrapped(model: nn.Module) -> nn.Module:
    wrapped: Any = model
    while isinstance(wrapped, WRAPPERS) or hasattr(wrapped, "_orig_mod"):
        wrapped = wrapped.module if isinstance(wrapped, WRAPPERS) else wrapped._orig_mod
    return wrapped


def _module(model: nn.Module, tap: nn.Module | str) -> nn.Module:
    if isinstance(tap, nn.Module):
        # Of a compiled part of the model, only the wrapper is ever called.
        return model if _unwrapped(tap) is model else tap
    try:
        return model.get_submodule(tap)
    except AttributeError:
        names = ", ".join(name for name, _ in model.named_children())
        raise ValueError(
            f"`taps` must name modules of the model, got {tap!r}. It has {names}."
        ) from None
