"""A monitor of collapse: the same held-out items, embedded from time to time, and watched."""

import time
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any

import numpy as np

from ssl_theory.collapse import observation
from ssl_theory.collapse.alarm import Alarm, Promise, Status
from ssl_theory.collapse.attribution import Cause
from ssl_theory.collapse.detector import Detector
from ssl_theory.collapse.detectors import DETECTORS, measure
from ssl_theory.collapse.explaining import explained
from ssl_theory.collapse.following import LARGEST, Following
from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.observation import Observation
from ssl_theory.collapse.sequential.burn_in import FEWEST, threshold

__all__ = ["Monitor"]

REFINED = 3  # probes after an alarm, in which its kinds may still be told better


class Monitor:
    """Watches training for collapse, with a known rate of false alarms.

    Every channel of every detector is held against its own beginning. An alarm is raised by the
    average of the channels' e-detectors, which bounds the average run length however the channels
    depend on each other; the channel that has most of it gives the attribution.

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
        detectors: Iterable[Detector] = DETECTORS,
        *,
        burn_in: int = 30,
        longest_burn_in: int | None = None,
        average_run_length: float = 20_000,
        tolerances: Mapping[str, float] | None = None,
        history: int = 512,
    ) -> None:
        if burn_in * 2 // 3 < FEWEST:
            raise ValueError(
                f"`burn_in` must be at least {FEWEST * 3 // 2} probes, got {burn_in}: its last two "
                "thirds are what is learnt from. Probe more often."
            )
        if not average_run_length >= 1:
            raise ValueError(
                f"`average_run_length` must be at least 1 probe, got {average_run_length}."
            )
        self.detectors = tuple(detectors)
        self.average_run_length = float(average_run_length)
        self.burn_in = burn_in
        self.longest_burn_in = 4 * burn_in if longest_burn_in is None else longest_burn_in
        channels = {c.name: c for detector in self.detectors for c in detector.channels}
        tolerances = dict(tolerances or {})
        _known(tolerances, channels, "tolerances")
        self._following = {
            name: Following(
                channel,
                float(tolerances.get(name, channel.tolerance)),
                burn_in,
                self.longest_burn_in,
            )
            for name, channel in channels.items()
        }
        self.alarms: list[Alarm] = []
        self.diagnosis: tuple[Cause, ...] = ()  # of the last alarm, told better for some probes
        self.history: deque[tuple[int, dict[str, float]]] = deque(maxlen=history)
        self.probes = 0
        self.step: int | None = None
        self._fired: list[str] = []
        self._refine = 0
        self._numeric = False
        self._seconds = 0.0

    def observe(self, z: Any, *, step: int | None = None, **others: Any) -> Status:
        """Look at embeddings (or an ``Observation``), and whatever else is seen of the encoder."""
        began = time.perf_counter()
        seen = z if isinstance(z, Observation) else Observation.of(z, **others)
        broken = _not_finite(seen)
        values: dict[str, float] = {}
        if "z" not in broken:
            without: dict[str, Any] = dict.fromkeys(broken)
            found = measure(replace(seen, **without), self.detectors)
            values = {name: value for name, value in found.items() if not np.isnan(value)}
        status = self._take(values, broken, step)
        self._seconds += time.perf_counter() - began
        return status

    def update(self, values: Mapping[str, float], *, step: int | None = None) -> Status:
        """Take in channels that were measured already. One that is left out waits."""
        _known(values, self._following, "values")
        broken = [name for name, value in values.items() if np.isnan(value)]
        began = time.perf_counter()
        status = self._take({n: v for n, v in values.items() if n not in broken}, broken, step)
        self._seconds += time.perf_counter() - began
        return status

    @property
    def alarm(self) -> Alarm | None:
        """The first finding."""
        return self.alarms[0] if self.alarms else None

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
        return self._share(self.channels)

    @property
    def promise(self) -> Promise:
        """How often it is wrong, of which channels, and why not of the others."""
        seen = self.channels
        return Promise(
            self.average_run_length,
            tuple(n for n, f in seen.items() if f.reference is not None and f.refusal is None),
            {n: f.refusal for n, f in seen.items() if f.refusal is not None},
            tuple(n for n, f in seen.items() if f.reference is None),
        )

    @property
    def seconds_per_probe(self) -> float:
        """What a probe costs, embedding aside; NaN before the first."""
        return self._seconds / self.probes if self.probes else float("nan")

    def reset(self) -> None:
        """Forget the alarms and the evidence, and keep the references."""
        self.alarms, self._fired, self._refine, self.diagnosis = [], [], 0, ()
        for following in self._following.values():
            following.forget()

    def rebase(self) -> None:
        """Forget the references too: what comes next is a new burn-in."""
        fresh = Monitor(
            self.detectors,
            burn_in=self.burn_in,
            longest_burn_in=self.longest_burn_in,
            tolerances={n: f.tolerance for n, f in self._following.items()},
        )
        self._following = fresh._following
        self.reset()

    def state_dict(self) -> dict[str, Any]:
        """All that a monitor must know to go on, as numbers, strings, lists and dicts."""
        return {
            "probes": self.probes,
            "step": self.step,
            "diagnosis": [[c.kind.value, c.channel, c.loss, c.reason] for c in self.diagnosis],
            "fired": list(self._fired),
            "refine": self._refine,
            "numeric": self._numeric,
            "alarms": [alarm.state() for alarm in self.alarms],
            "history": [[step, dict(values)] for step, values in self.history],
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
        self._fired, self._refine = list(state["fired"]), state["refine"]
        self._numeric = state["numeric"]
        self.diagnosis = tuple(Cause(Kind(name), *rest) for name, *rest in state["diagnosis"])
        self.alarms = [Alarm.of(alarm) for alarm in state["alarms"]]
        self.history.clear()
        self.history.extend((step, dict(values)) for step, values in state["history"])
        for name, following in self._following.items():
            following.load(state["channels"][name])

    def __str__(self) -> str:
        lines = [f"Monitor of collapse: {self.probes} probes", f"  promise: {self.promise}"]
        for name, f in self.channels.items():
            stands = f"burn-in, {len(f.beginning)} of {f.burn_in} probes or more"
            if f.reference is not None:
                stands = f"lost {f.loss:+.2f} tolerances, evidence {f.evidence:.2g}"
            lines.append(f"  {name:<24} {f.level:10.4g}  {stands}")
        found = [f"  {alarm}" for alarm in self.alarms] or ["  no alarm"]
        return "\n".join(lines + found)

    __repr__ = __str__

    def _take(self, values: Mapping[str, float], broken: list[str], step: int | None) -> Status:
        step = (-1 if self.step is None else self.step) + 1 if step is None else int(step)
        if self.step is not None and step <= self.step:
            raise ValueError(
                f"`step` must be larger than the last, {self.step}, got {step}. "
                "Call `rebase()` and start a new monitor to go back."
            )
        self.step, self.probes = step, self.probes + 1
        values = {n: min(max(float(v), -LARGEST), LARGEST) for n, v in values.items()}
        channels = len(self.channels.keys() | values.keys())
        for name, value in values.items():
            self._following[name].update(value, step, channels)
        if values:
            self.history.append((step, values))
        alarm = self._numbers(broken, step)
        found = self._judge(step)
        watching = any(f.reference is not None for f in self._following.values())
        return Status(step, watching, self.evidence, self.losses, alarm or found)

    def _numbers(self, broken: list[str], step: int) -> Alarm | None:
        begins = bool(broken) and not self._numeric
        self._numeric = bool(broken)
        if not begins:
            return None
        reason = f"{' and '.join(broken)} held NaN or inf, and was left out"
        self.alarms.append(Alarm(step, step, (Kind.NUMERIC,), {}, reason, True))
        return self.alarms[-1]

    def _judge(self, step: int) -> Alarm | None:
        channels = self.channels
        if self._fired:
            needed = threshold(self.average_run_length) * len(channels)
            passed = [name for name, f in channels.items() if f.evidence >= needed]
            new = [name for name in passed if name not in self._fired]
            self._fired += new
            if self._refine:
                self._refine -= 1
                self.diagnosis = explained(channels, self.detectors, self._fired[0])
                return None
        else:
            new = sorted(channels, key=lambda name: -channels[name].evidence)[:1]
            if self.evidence < 1:
                return None
            self._fired, self._refine = new, REFINED
        if not new:
            return None
        told = {kind for alarm in self.alarms for kind in alarm.kinds}
        told |= {cause.kind for cause in self.diagnosis}
        causes = explained(channels, self.detectors, new[0])
        causes = tuple(cause for cause in causes if cause.kind not in told)
        if not causes:
            return None
        self.diagnosis = causes
        self.alarms.append(self._alarm(step, new[0]))
        return self.alarms[-1]

    def _alarm(self, step: int, leader: str) -> Alarm:
        following = self._following[leader]
        onset = step if following.since is None else following.since
        reason = (
            f"{self.diagnosis[0].reason}; {leader} is {following.loss:.1f} tolerances worse than "
            f"in the burn-in, since about step {onset}"
        )
        kinds = tuple(cause.kind for cause in self.diagnosis)
        promised = self._share(self.promise.of) >= 1
        return Alarm(step, onset, kinds, self.losses, reason, promised)

    def _share(self, names: Iterable[str]) -> float:
        channels = self.channels
        total = sum(channels[name].evidence for name in names)
        return total / (threshold(self.average_run_length) * len(channels)) if channels else 0.0


def _known(given: Mapping[str, Any], channels: Iterable[str], name: str) -> None:
    strange = sorted(set(given) - set(channels))
    if strange:
        raise ValueError(
            f"`{name}` must be of the channels {', '.join(sorted(channels))}, got "
            f"{', '.join(strange)}. Leave them out, or add the detectors that have them."
        )


def _not_finite(seen: Observation) -> list[str]:
    """The fields that hold NaN, inf or what overflows when squared."""
    found = []
    for each in fields(seen):
        what = getattr(seen, each.name)
        numbers = isinstance(what, np.ndarray) and what.dtype.kind == "f"
        if numbers and not (np.abs(what) < observation.LARGEST).all():
            found.append(each.name)
    return found
