"""A monitor of collapse: the same held-out items, embedded from time to time, and watched."""

import time
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from ssl_theory.collapse import detectors as standard
from ssl_theory.collapse.alarm import Alarm, Promise, Status
from ssl_theory.collapse.attribution import Cause
from ssl_theory.collapse.detector import Detector
from ssl_theory.collapse.following import LARGEST, Following
from ssl_theory.collapse.judge import Judge
from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.observation import Observation
from ssl_theory.collapse.sequential.burn_in import FEWEST

__all__ = ["Monitor"]


class Monitor:
    """Watches training for collapse, with a known rate of false alarms.

    Every channel of every detector is held against its own beginning. An alarm is raised by the
    average of the channels' e-detectors, which bounds the average run length however the channels
    depend on each other; the channel that has most of it gives the attribution. What is better
    than in the burn-in is not held against what was best since: call :meth:`rebase` once training
    is under way, if it began before that.

    ``tolerances`` replace those of the channels by name, and ``sudden_tolerances`` what may be lost
    within a few probes, which is as much if it is not told. A burn-in lasts for ``burn_in`` probes
    and goes on until the channel has settled, up to ``longest_burn_in`` (four times as many);
    where noise is as large as the tolerance, twice as many find a shift of two of its standard
    deviations four times as soon.

    >>> monitor = Monitor(burn_in=18)
    >>> generator = np.random.default_rng(0)
    >>> z = generator.standard_normal((64, 8))
    >>> for probe in range(40):  # healthy for 30 probes, then the embeddings shrink
    ...     noisy = z + 0.1 * generator.standard_normal(z.shape)
    ...     status = monitor.observe(noisy * 0.8 ** max(0, probe - 30), step=probe)
    >>> monitor.alarm.kinds
    (<Kind.COMPLETE: 'complete'>,)
    """

    def __init__(
        self,
        detectors: Iterable[Detector] = standard.DETECTORS,
        *,
        burn_in: int = 30,
        longest_burn_in: int | None = None,
        average_run_length: float = 20_000,
        tolerances: Mapping[str, float] | None = None,
        sudden_tolerances: Mapping[str, float] | None = None,
        history: int = 512,
    ) -> None:
        if burn_in * 2 // 3 < FEWEST:
            raise ValueError(
                f"`burn_in` must be at least {FEWEST * 3 // 2} probes, got {burn_in}: its last two "
                "thirds are what is learnt from. Probe more often."
            )
        longest = 4 * burn_in if longest_burn_in is None else longest_burn_in
        if longest < burn_in:
            raise ValueError(
                f"`longest_burn_in` must be at least the {burn_in} probes of `burn_in`, got "
                f"{longest}. Leave it out to wait for up to {4 * burn_in}."
            )
        if not average_run_length >= 1:
            raise ValueError(
                f"`average_run_length` must be at least 1 probe, got {average_run_length}."
            )
        self.detectors = tuple(detectors)
        self.average_run_length = float(average_run_length)
        self.burn_in = burn_in
        self.longest_burn_in = longest
        channels = {c.name: c for detector in self.detectors for c in detector.channels}
        tolerances, sudden = dict(tolerances or {}), dict(sudden_tolerances or {})
        _known(tolerances, channels, "tolerances")
        _known(sudden, channels, "sudden_tolerances")
        self._following = {
            name: Following(
                channel,
                tolerated := float(tolerances.get(name, channel.tolerance)),
                float(sudden.get(name, tolerated)),
                burn_in,
                self.longest_burn_in,
            )
            for name, channel in channels.items()
        }
        self._judge = Judge(self.detectors, self.average_run_length)
        self.history: deque[tuple[int, dict[str, float]]] = deque(maxlen=history)
        self.probes = 0
        self.step: int | None = None
        self._seconds, self._timed = 0.0, 0  # of this process, and so no part of the state

    def observe(self, z: Any, *, step: int | None = None, **others: Any) -> Status:
        """Look at embeddings (or an ``Observation``), and whatever else is seen of the encoder.

        What holds NaN or inf is reported, and left out whole: nothing is learnt from it.
        """
        began = time.perf_counter()
        seen = z if isinstance(z, Observation) else Observation.of(z, **others)
        broken = seen.broken
        values: dict[str, float] = {}
        if "z" not in broken:
            if len(seen.z) < standard.FEWEST:
                raise ValueError(
                    f"`z` must hold at least {standard.FEWEST} items, got {len(seen.z)}: nothing "
                    "is measured of fewer. Hold out more."
                )
            without: dict[str, Any] = dict.fromkeys(broken)
            found = standard.measure(replace(seen, **without), self.detectors)
            values = {name: value for name, value in found.items() if not np.isnan(value)}
        return self._take(values, broken, step, began)

    def update(self, values: Mapping[str, float], *, step: int | None = None) -> Status:
        """Take in channels that were measured already. One that is left out waits."""
        _known(values, self._following, "values")
        broken = [name for name, value in values.items() if np.isnan(value)]
        whole = {name: value for name, value in values.items() if name not in broken}
        return self._take(whole, broken, step, time.perf_counter())

    @property
    def alarms(self) -> list[Alarm]:
        """All findings so far."""
        return self._judge.alarms

    @property
    def alarm(self) -> Alarm | None:
        """The first finding."""
        return self.alarms[0] if self.alarms else None

    @property
    def causes(self) -> tuple[Cause, ...]:
        """Those of the last statistical finding, told better for three probes after it."""
        return self._judge.causes

    @property
    def diagnosis(self) -> tuple[Kind, ...]:
        """The kinds of those causes, the likeliest first."""
        return tuple(cause.kind for cause in self.causes)

    @property
    def channels(self) -> dict[str, Following]:
        """Those that were seen, each with its state."""
        return {name: f for name, f in self._following.items() if f.recent}

    @property
    def losses(self) -> dict[str, float]:
        """How much worse each channel is than its reference, in tolerances."""
        return {n: f.loss for n, f in self.channels.items() if f.reference is not None}

    @property
    def evidence(self) -> float:
        """What raises an alarm at 1."""
        return self._judge.evidence(self.channels)

    @property
    def promise(self) -> Promise:
        """How often it is wrong, of which channels, and why not of the others."""
        return self._judge.promise(self.channels)

    @property
    def seconds_per_probe(self) -> float:
        """What a probe costs, embedding aside; NaN before the first."""
        return self._seconds / self._timed if self._timed else float("nan")

    def reset(self) -> None:
        """Forget the alarms and the evidence, and keep the references."""
        self._judge.reset()
        for following in self._following.values():
            following.forget()

    def rebase(self) -> None:
        """Forget the references too: what comes next is a new burn-in."""
        fresh = Monitor(
            self.detectors,
            burn_in=self.burn_in,
            longest_burn_in=self.longest_burn_in,
            tolerances={n: f.tolerance for n, f in self._following.items()},
            sudden_tolerances={n: f.sudden_tolerance for n, f in self._following.items()},
        )
        self._following = fresh._following
        self.reset()

    def state_dict(self) -> dict[str, Any]:
        """All that a monitor must know to go on, as numbers, strings, lists and dicts."""
        return {
            "probes": self.probes,
            "step": self.step,
            "history": [[step, dict(values)] for step, values in self.history],
            "judge": self._judge.state(),
            "channels": {name: f.state() for name, f in self._following.items()},
        }

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Go on from where :meth:`state_dict` was taken, of a monitor made with the same words."""
        if set(state["channels"]) != set(self._following):
            raise ValueError(
                f"`state` must be of the channels {', '.join(sorted(self._following))}, got "
                f"{', '.join(sorted(state['channels']))}. Make the monitor with the same detectors."
            )
        self.probes, self.step = state["probes"], state["step"]
        self._judge.load(state["judge"])
        self.history.clear()
        self.history.extend((step, dict(values)) for step, values in state["history"])
        for name, following in self._following.items():
            following.load(state["channels"][name])

    def __str__(self) -> str:
        lines = [f"Monitor of collapse: {self.probes} probes", *str(self.promise).splitlines()]
        width = max(map(len, self.channels), default=0)
        for name, f in self.channels.items():
            stands = f"burn-in, {len(f.beginning)} of {f.burn_in} probes or more"
            if f.reference is not None:
                share = self._judge.evidence(self.channels, [name])
                stands = f"lost {f.loss:+z.2f} tolerances, evidence {share:.2g}"
            lines.append(f"{name:<{width}} {f.level:10.4g}  {stands}")
        found = [str(alarm) for alarm in self.alarms] or ["no alarm"]
        return "\n  ".join(lines + found)

    __repr__ = __str__

    def _take(
        self, values: Mapping[str, float], broken: list[str], step: int | None, began: float
    ) -> Status:
        step = (-1 if self.step is None else self.step) + 1 if step is None else int(step)
        if self.step is not None and step <= self.step:
            raise ValueError(
                f"`step` must be larger than the last, {self.step}, got {step}. "
                "Start a new monitor to go back."
            )
        self.step, self.probes = step, self.probes + 1
        values = {n: min(max(float(v), -LARGEST), LARGEST) for n, v in values.items()}
        channels = len(self.channels.keys() | values.keys())
        for name, value in values.items():
            self._following[name].update(value, step, channels)
        if values:
            self.history.append((step, values))
        alarm = self._judge.see_broken(broken, step)
        found = self._judge.hear(self.channels, step)
        watching = any(f.reference is not None for f in self._following.values())
        self._seconds, self._timed = self._seconds + time.perf_counter() - began, self._timed + 1
        return Status(step, watching, self.evidence, self.losses, alarm or found)


def _known(given: Mapping[str, Any], channels: Iterable[str], name: str) -> None:
    strange = sorted(set(given) - set(channels))
    if strange:
        raise ValueError(
            f"`{name}` must be of the channels {', '.join(sorted(channels))}, got "
            f"{', '.join(strange)}. Leave them out, or add the detectors that have them."
        )
