"""What a detector is: a kind of collapse, what shows it, and what it cannot see."""

import enum
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.observation import Observation

__all__ = ["Against", "Channel", "Detector", "Evidence"]


@dataclass(frozen=True)
class Channel:
    """A number that is followed, and how far it may go before that is a collapse.

    Sizes and counts are followed by their logarithms, shares by their log odds, so that equal
    steps mean equal things wherever they start.
    """

    name: str
    worse: Literal["lower", "higher"]
    tolerance: float  # in the channel's own unit, as may happen in healthy training

    def loss(self, before: float, after: float) -> float:
        """How much worse it became: positive towards collapse, in the channel's unit.

        >>> Channel("log rank", "lower", 0.1).loss(3.0, 2.5)
        0.5
        """
        return after - before if self.worse == "higher" else before - after


class Against(enum.Enum):
    """What a channel is held against."""

    RULE = "rule"  # what holds of all embeddings that are healthy
    ISOTROPY = "isotropy"  # nothing there: even directions, codes, prototypes; independent items
    NOISE = "noise"  # the collapse itself, which chance refutes if it has not happened
    REFERENCE = "reference"  # the same items, embedded before


@dataclass(frozen=True)
class Evidence:
    """What one observation shows by itself, held against what it would be by chance."""

    channel: str
    found: float
    expected: float
    p_value: float  # of the null, against a collapse; of noise, against there being none
    null: str  # what it is by chance, to follow "than of"


@dataclass(frozen=True)
class Detector:
    """A kind of collapse, looked for.

    ``measure`` gives every channel of an observation that has all it ``needs``; ``test`` judges
    one observation alone, with a seed, where it is known ``against`` what.
    """

    kind: Kind
    channels: tuple[Channel, ...]
    measure: Callable[[Observation], Mapping[str, float]]
    sees: str
    blind_to: str
    needs: frozenset[str] = frozenset()
    test: Callable[[Observation, int], Iterable[Evidence]] | None = None
    against: Against | None = None

    def applies(self, seen: Observation) -> bool:
        """Whether all that it looks at is there."""
        return all(getattr(seen, name) is not None for name in self.needs)
