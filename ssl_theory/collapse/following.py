"""One channel, followed from probe to probe."""

import statistics
from dataclasses import asdict, dataclass, field
from typing import Any

from ssl_theory.collapse.detector import Channel
from ssl_theory.collapse.sequential.burn_in import Reference, learn, settled
from ssl_theory.collapse.sequential.cusum import cusum
from ssl_theory.collapse.sequential.e_detector import RATES, e_values, shiryaev_roberts
from ssl_theory.collapse.sequential.gates import refusal
from ssl_theory.collapse.sequential.sudden import WINDOW, drop

__all__ = ["Following"]

LARGEST = 1e100  # to stand for infinity: a value without limit is a loss without limit
NOW = 3  # values, of which the median is how the channel stands


@dataclass
class Following:
    """The state of a channel: its burn-in, then its reference and the evidence against it."""

    channel: Channel
    tolerance: float
    sudden_tolerance: float
    burn_in: int
    longest: int
    beginning: list[float] = field(default_factory=list)
    reference: Reference | None = None
    refusal: str | None = None
    recent: list[float] = field(default_factory=list)
    cusum: float = 0.0
    since: int | None = None
    detector: list[float] = field(default_factory=lambda: [0.0] * len(RATES))

    @property
    def evidence(self) -> float:
        """The e-detector, averaged over its rates."""
        return sum(self.detector) / len(self.detector)

    @property
    def lost(self) -> float:
        """How much worse than the reference, in the channel's unit."""
        if self.reference is None or not self.recent:
            return 0.0
        return statistics.median(self.recent[-NOW:]) - float(self.reference.level)

    @property
    def loss(self) -> float:
        """The same in tolerances (in innovations, if nothing is tolerated)."""
        unit = self.tolerance or (float(self.reference.scale) if self.reference else 1.0)
        return self.lost / unit

    @property
    def plain(self) -> bool:
        """Whether it has lost what no noise explains: in the median of the last probes more than
        is tolerated, and more beyond that than noise as large as it may be ever adds.

        Of a channel that remembers nearly all, a fall is one innovation and no more: the evidence
        against it grows too slowly to be of use where the loss is plain to see.
        """
        if self.reference is None or not self.tolerance or len(self.recent) < NOW:
            return False
        return bool(self.reference.plain(self.lost, self.tolerance))

    @property
    def dropped(self) -> float:
        """How much worse than a few probes ago, in the channel's unit."""
        return float(drop(self.recent)) if len(self.recent) == WINDOW else 0.0

    @property
    def sudden_loss(self) -> float:
        """The same in what is tolerated of it."""
        return self.dropped / (self.sudden_tolerance or 1.0)

    @property
    def sudden(self) -> bool:
        """Whether it lost within a few probes more than is tolerated, and than noise as large as
        it may be ever adds.

        What healthy training does to a channel it does slowly. So less needs to be tolerated here
        than of losses since the burn-in.
        """
        if self.reference is None or not self.sudden_tolerance:
            return False
        return bool(self.reference.sudden(self.dropped, self.sudden_tolerance))

    @property
    def level(self) -> float | None:
        """The latest value, in the channel's own sense."""
        return self._sign * self.recent[-1] if self.recent else None

    def update(self, value: float, step: int, channels: int) -> None:
        """Take in one value, at most ``LARGEST`` in size, of one of so many channels."""
        worse = self._sign * value
        if self.reference is None:
            self._learn(worse, channels)
        else:
            self._judge(self.reference, worse, step)
        self.recent = [*self.recent[1 - WINDOW :], worse]

    def forget(self) -> None:
        """Drop the evidence, keep the reference."""
        self.cusum, self.since, self.detector = 0.0, None, [0.0] * len(RATES)

    def state(self) -> dict[str, Any]:
        """All that changes, as plain numbers."""
        kept = {name: getattr(self, name) for name in _STATE}
        return kept | {"reference": None if self.reference is None else _plain(self.reference)}

    def load(self, state: dict[str, Any]) -> None:
        """Take up where :meth:`state` left."""
        for name in _STATE:
            kept = state[name]
            setattr(self, name, list(kept) if isinstance(kept, list) else kept)
        known = state["reference"]
        self.reference = None if known is None else Reference(**known)

    @property
    def _sign(self) -> float:
        return 1.0 if self.channel.worse == "higher" else -1.0

    def _learn(self, worse: float, channels: int) -> None:
        if abs(worse) < LARGEST:  # the level of a stream is finite
            self.beginning.append(worse)
        n = len(self.beginning)
        if n < self.burn_in:
            return
        level = bool(settled(self.beginning, self.tolerance))
        if level or n >= self.longest:
            self.reference = Reference(**_plain(learn(self.beginning, channels)))
            why = refusal(self.beginning)
            self.refusal = why if level else f"not settled after {n} probes"
            self.beginning = []

    def _judge(self, reference: Reference, worse: float, step: int) -> None:
        before = self.recent[-1]
        x = float(reference.increment(worse, before, self.tolerance))
        self.detector = shiryaev_roberts(self.detector, e_values(x)).tolist()
        self.cusum = float(cusum(self.cusum, x))
        if self.cusum == 0:
            self.since = None
        elif self.since is None:
            self.since = step


def _plain(reference: Reference) -> dict[str, float]:
    return {name: float(value) for name, value in asdict(reference).items()}


_STATE = ("beginning", "refusal", "recent", "cusum", "since", "detector")
