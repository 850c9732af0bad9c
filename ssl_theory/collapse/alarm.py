"""What a monitor says: of one probe, of a finding, and of how often it is wrong."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from ssl_theory.collapse.kinds import Kind

__all__ = ["Alarm", "Promise", "Status"]


@dataclass(frozen=True)
class Alarm:
    """A collapse was found: of these kinds, likeliest first, with what shows it.

    ``onset`` is where the channel that raised it began to lose, as far as can be told; ``losses``
    are in tolerances. ``promised`` says whether the channels of which the run length is promised
    raised it without the others.
    """

    step: int
    onset: int
    kinds: tuple[Kind, ...]
    losses: Mapping[str, float]
    reason: str
    promised: bool

    def __str__(self) -> str:
        names = " or ".join(kind.value for kind in self.kinds) or "unnamed"
        return f"step {self.step}: {names} collapse: {self.reason}"

    def state(self) -> dict[str, Any]:
        """As plain values."""
        kinds = [kind.value for kind in self.kinds]
        return asdict(self) | {"kinds": kinds, "losses": dict(self.losses)}

    @classmethod
    def of(cls, state: Mapping[str, Any]) -> "Alarm":
        """What :meth:`state` was taken of."""
        return cls(**{**state, "kinds": tuple(Kind(name) for name in state["kinds"])})


@dataclass(frozen=True)
class Promise:
    """How many probes there are between false alarms, on average, at least.

    It holds for the channels ``of`` which the burn-in was level, and what it left noise without
    memory or heavy tails; ``refusals`` says of each other channel why not. It is true if it
    promises anything.

    The law of the noise is learnt from the burn-in, and so are its limits. Measured on streams
    that pass the checks, it is kept of autoregressions of up to .8 with burn-ins of 30 probes and
    .9 with 60, and broken of .95 with either. Tails of Student's law of 4 degrees go unseen in
    five of six burn-ins of 30, but cut at 4 innovations they do not break it. Where ten channels
    that remember .7 stand at the edges of their tolerances all at once, a burn-in of 30 keeps
    four fifths of it, and one of 60 all.
    """

    average_run_length: float
    of: tuple[str, ...] = ()
    refusals: Mapping[str, str] = field(default_factory=dict)
    waiting: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.of)

    def __str__(self) -> str:
        lines = ["nothing is promised yet: the burn-in is not over"]
        if self.of or self.refusals:
            lines = [
                f"{self.average_run_length:,.0f} probes between false alarms, on average or more"
                if self.of
                else "nothing is promised"
            ]
        for reason in dict.fromkeys(self.refusals.values()):
            names = [name for name, why in self.refusals.items() if why == reason]
            lines.append(f"not of {', '.join(names)}: {reason}")
        return "\n".join(lines)


@dataclass(frozen=True)
class Status:
    """One probe, as a monitor sees it.

    ``evidence`` is what raises an alarm at 1; ``losses`` are in tolerances; ``alarm`` is a finding
    made at this probe.
    """

    step: int
    watching: bool  # whether a channel has a reference to be held against
    evidence: float
    losses: Mapping[str, float]
    alarm: Alarm | None = None
