"""When the evidence of the channels is an alarm, and of what."""

from collections.abc import Iterable, Mapping
from typing import Any

from ssl_theory.collapse.alarm import Alarm, Promise
from ssl_theory.collapse.attribution import Cause
from ssl_theory.collapse.detector import Detector
from ssl_theory.collapse.explaining import explained
from ssl_theory.collapse.following import Following
from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.sequential.burn_in import threshold

__all__ = ["Judge"]

REFINED = 3  # probes after an alarm, in which its kinds may still be told better

Channels = Mapping[str, Following]


class Judge:
    """Raises the alarm once the average of the channels' e-detectors passes its threshold.

    However the channels depend on each other, that bounds the average run length; the least of
    their p-values would not. A loss that is plain, since the burn-in or within a few probes,
    raises it as well: that it seldom does so without a cause is measured, and not proved. The
    channel with the most evidence, or with the largest plain or sudden loss, leads: it is named,
    and its cumulative sum tells the onset. Later alarms are of kinds that were not told before, of
    channels with evidence enough by themselves, or of plain or sudden losses.
    """

    def __init__(self, detectors: Iterable[Detector], average_run_length: float) -> None:
        self.detectors = tuple(detectors)
        self.average_run_length = average_run_length
        self.reset()

    def reset(self) -> None:
        """Forget all alarms."""
        self.alarms: list[Alarm] = []
        self.causes: tuple[Cause, ...] = ()  # of the last alarm, told better for some probes
        self._fired: list[str] = []
        self._refine = 0
        self._broken = False

    def evidence(self, channels: Channels, names: Iterable[str] | None = None) -> float:
        """Of some channels (of all, if none are named) for an alarm, which 1 raises."""
        total = sum(channels[name].evidence for name in (channels if names is None else names))
        return total / (self._threshold * len(channels)) if channels else 0.0

    def promise(self, channels: Channels) -> Promise:
        """Of which channels the run length is promised."""
        known = {name: f for name, f in channels.items() if f.reference is not None}
        return Promise(
            self.average_run_length,
            tuple(name for name, f in known.items() if f.refusal is None),
            {name: f.refusal for name, f in known.items() if f.refusal is not None},
            tuple(name for name in channels if name not in known),
        )

    def see_broken(self, names: Iterable[str], step: int) -> Alarm | None:
        """An alarm if these hold what is no number, and nothing did at the last probe."""
        broken = " and ".join(names)
        begins = bool(broken) and not self._broken
        self._broken = bool(broken)
        if not begins:
            return None
        reason = f"{broken} held NaN or inf, and was left out"
        self.alarms.append(Alarm(step, step, (Kind.NUMERIC,), {}, reason, True))
        return self.alarms[-1]

    def hear(self, channels: Channels, step: int) -> Alarm | None:
        """An alarm if there is evidence of something that was not told before."""
        if self._refine:
            self._refine -= 1
            self._fired += self._passed(channels)
            self.causes = explained(channels, self.detectors, self._fired[0])
            return None
        if self._fired:
            new = self._passed(channels)
        else:
            new = self._plain(channels)[:1]
            if self.evidence(channels) >= 1:
                new = [max(channels, key=lambda name: channels[name].evidence)]
            self._refine = REFINED if new else 0
        self._fired += new
        return self._alarm(channels, new[0], step) if new else None

    def state(self) -> dict[str, Any]:
        """All that changes, as plain values."""
        return {
            "alarms": [alarm.state() for alarm in self.alarms],
            "causes": [[c.kind.value, c.channel, c.loss, c.reason] for c in self.causes],
            "fired": list(self._fired),
            "refine": self._refine,
            "broken": self._broken,
        }

    def load(self, state: Mapping[str, Any]) -> None:
        """Take up where :meth:`state` left."""
        self.alarms = [Alarm.of(alarm) for alarm in state["alarms"]]
        self.causes = tuple(Cause(Kind(kind), *rest) for kind, *rest in state["causes"])
        self._fired = list(state["fired"])
        self._refine, self._broken = state["refine"], state["broken"]

    @property
    def _threshold(self) -> float:
        return threshold(self.average_run_length)

    def _passed(self, channels: Channels) -> list[str]:
        needed = self._threshold * len(channels)
        passed = [name for name, f in channels.items() if f.evidence >= needed]
        passed += [name for name in self._plain(channels) if name not in passed]
        return [name for name in passed if name not in self._fired]

    @staticmethod
    def _plain(channels: Channels) -> list[str]:
        """Those with a plain loss, the largest first, and then those with a sudden one."""
        plain = [name for name, f in channels.items() if f.plain]
        sudden = [name for name, f in channels.items() if f.sudden and not f.plain]
        plain.sort(key=lambda name: -channels[name].loss)
        return plain + sorted(sudden, key=lambda name: -channels[name].sudden_loss)

    def _alarm(self, channels: Channels, leader: str, step: int) -> Alarm | None:
        told = {kind for alarm in self.alarms for kind in alarm.kinds}
        told |= {cause.kind for cause in self.causes}
        causes = explained(channels, self.detectors, leader)
        causes = tuple(cause for cause in causes if cause.kind not in told)
        if not causes:
            return None
        self.causes = causes
        following = channels[leader]
        onset = step if following.since is None else following.since
        reason = (
            f"{causes[0].reason}; {leader} is {following.loss:.1f} tolerances worse than in the "
            f"burn-in, since about step {onset}"
        )
        if following.sudden and not following.plain:
            reason = (
                f"{causes[0].reason}; {leader} became {following.sudden_loss:.1f} tolerances worse "
                "within a few probes"
            )
        losses = {name: f.loss for name, f in channels.items() if f.reference is not None}
        promised = self.evidence(channels, self.promise(channels).of) >= 1
        kinds = tuple(cause.kind for cause in causes)
        self.alarms.append(Alarm(step, onset, kinds, losses, reason, promised))
        return self.alarms[-1]
