"""What an experiment is: numbers that theory predicts, and what measuring them showed."""

import enum
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from numpy.typing import NDArray

__all__ = ["Experiment", "Finding", "Measured", "Outcome", "Prediction"]


class Outcome(enum.Enum):
    """What a measured number says of the prediction."""

    AGREES = "agrees"
    DISAGREES = "DISAGREES"
    UNCONVERGED = "UNCONVERGED"  # what was predicted is an end, and training did not get there


@dataclass(frozen=True)
class Prediction:
    """Where theory, with the stated error, puts one number; an end may be infinite.

    >>> print(Prediction("linear R2", 0.99, math.inf, "an affine map [zimmermann2021inverts]"))
    linear R2: at least 0.99
    """

    name: str
    low: float
    high: float
    because: str  # a formula or a statement, with the [key] of its source

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise ValueError(
                f"`low` must be at most `high`, got {self.low} and {self.high} for {self.name!r}: "
                "no number would agree. Exchange them."
            )

    @classmethod
    def about(cls, name: str, value: float, error: float, because: str) -> "Prediction":
        """Within ``error`` of ``value``.

        >>> print(Prediction.about("angle", 0.5, 0.01, "as it was made"))
        angle: 0.49 to 0.51
        """
        return cls(name, value - error, value + error, because)

    @property
    def interval(self) -> str:
        """In words."""
        if math.isinf(self.high):
            return f"at least {self.low:.4g}"
        if math.isinf(self.low):
            return f"at most {self.high:.4g}"
        return f"{self.low:.4g} to {self.high:.4g}"

    def __str__(self) -> str:
        return f"{self.name}: {self.interval}"


@dataclass(frozen=True)
class Measured:
    """One number that was found, and whether what it was found on was ready to be looked at.

    >>> Measured(Prediction("R2", 0.99, math.inf, "..."), 0.47, converged=False).outcome.value
    'UNCONVERGED'
    """

    prediction: Prediction
    value: float
    converged: bool = True

    @property
    def outcome(self) -> Outcome:
        """A run that did not converge neither agrees nor disagrees, and not a number is no end."""
        if not self.converged or math.isnan(self.value):
            return Outcome.UNCONVERGED
        inside = self.prediction.low <= self.value <= self.prediction.high
        return Outcome.AGREES if inside else Outcome.DISAGREES


@dataclass(frozen=True, eq=False)
class Finding:
    """What conducting an experiment once showed.

    ``controls`` are numbers of worlds or objectives for which the theory does not hold, against
    the same predictions: each of them must disagree, or the experiment could not have failed.

    Parameters
    ----------
    experiment
        Its name.
    measured
        The predicted numbers, and what they turned out to be.
    controls
        The same where they must not be so.
    table
        One row a run, the baselines among them; rows may lack columns that others have.
    curves
        What the figure is drawn from.
    """

    experiment: str
    measured: tuple[Measured, ...]
    table: tuple[Mapping[str, Any], ...] = ()
    curves: Mapping[str, NDArray[Any]] = field(default_factory=lambda: MappingProxyType({}))
    controls: tuple[Measured, ...] = ()

    def __post_init__(self) -> None:
        if not self.measured:
            raise ValueError(
                f"`measured` must hold a number, got none for {self.experiment!r}: nothing was "
                "put to the test. Measure what was predicted."
            )

    @property
    def outcome(self) -> Outcome:
        """The worst there is: one certain disagreement is not made up for by anything."""
        expected = [(m.outcome, Outcome.AGREES) for m in self.measured]
        expected += [(m.outcome, Outcome.DISAGREES) for m in self.controls]
        for found, wanted in expected:
            if found not in (wanted, Outcome.UNCONVERGED):
                return Outcome.DISAGREES
        unconverged = any(found is Outcome.UNCONVERGED for found, _ in expected)
        return Outcome.UNCONVERGED if unconverged else Outcome.AGREES

    def rows(self) -> Iterator[dict[str, Any]]:
        """One for each number: what was predicted of it, why, and what was found."""
        for kind, numbers in (("prediction", self.measured), ("control", self.controls)):
            for m in numbers:
                yield {
                    "experiment": self.experiment,
                    "kind": kind,
                    "number": m.prediction.name,
                    "low": m.prediction.low,
                    "high": m.prediction.high,
                    "measured": m.value,
                    "outcome": m.outcome.value,
                    "because": m.prediction.because,
                }

    def __str__(self) -> str:
        """Predicted against measured, one line each."""
        found = [
            (m.prediction.name, m.prediction.interval, f"{m.value:.4g}", m.outcome.value)
            for m in self.measured
        ]
        against = [
            (m.prediction.name, f"not {m.prediction.interval}", f"{m.value:.4g}", _told(m.outcome))
            for m in self.controls
        ]
        widths = [max(len(row[column]) for row in found + against) for column in range(3)]

        def lines(rows: list[tuple[str, str, str, str]]) -> list[str]:
            a, b, c = widths
            return [f"  {n:<{a}}  {p:<{b}}  {v:>{c}}  {told}" for n, p, v, told in rows]

        controls = ["where theory does not hold:", *lines(against)] if against else []
        told = f"{self.experiment}: {self.outcome.value}"
        return "\n".join([told, *lines(found), *controls])


@dataclass(frozen=True)
class Experiment:
    """A question that theory answers with numbers, and the means to measure them.

    ``conduct`` takes a seed. ``draw`` takes the curves of a finding and returns a figure.
    """

    name: str
    question: str
    source: str  # a key of the bibliography
    seconds: float  # of one core, as measured
    conduct: Callable[[int], Finding]
    draw: Callable[[Mapping[str, NDArray[Any]]], Any]


def _told(outcome: Outcome) -> str:
    if outcome is Outcome.DISAGREES:
        return "disagrees, as it must"
    return "AGREES, and must not" if outcome is Outcome.AGREES else outcome.value
