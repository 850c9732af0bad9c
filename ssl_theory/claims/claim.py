"""A statement of a paper, and what running it shows."""

import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Claim", "Evidence", "Trial", "Verdict"]


class Verdict(enum.Enum):
    """What becomes of a statement when it is run."""

    HOLDS = "holds"
    HOLDS_WHEN = "holds when"
    FAILS = "fails"


class Trial(NamedTuple):
    """One number the statement implies for one case, and the number that case has."""

    case: str
    implied: float
    found: float

    @property
    def agrees(self) -> bool:
        """Whether they are the same number, to the rounding of a descent."""
        return bool(abs(self.implied - self.found) <= 1e-6 * max(1.0, abs(self.implied)))

    def __str__(self) -> str:
        return f"{self.case}: implied {self.implied:.6g}, found {self.found:.6g}"


class Evidence(NamedTuple):
    """What was run for a statement and what against it."""

    verdict: Verdict
    example: Trial | None
    counterexample: Trial | None


@dataclass(frozen=True)
class Claim:
    """What a source states, what of it was read, and the cases that decide it.

    An ``example`` agrees with the statement and a ``counterexample`` does not. The verdict
    follows from which there are; running them makes sure that they are what they are called.
    A statement for which a case is given only on one side is not proved by it: the tests of a
    claim that holds draw cases at random.
    """

    name: str
    source: str  # a key of the bibliography
    read: str  # what of the source: "abstract", "full text"
    statement: str  # in the sense of the source
    finding: str  # ours: why it holds, when it holds, or what is true instead
    example: Callable[[], Trial] | None = None
    counterexample: Callable[[], Trial] | None = None

    def __post_init__(self) -> None:
        if self.example is None and self.counterexample is None:
            raise ValueError(
                f"`{self.name}` must have an example or a counterexample, got neither: a statement "
                "without a case is not executed. Give at least one."
            )

    @property
    def verdict(self) -> Verdict:
        """As the cases say."""
        if self.counterexample is None:
            return Verdict.HOLDS
        return Verdict.FAILS if self.example is None else Verdict.HOLDS_WHEN

    def run(self) -> Evidence:
        """Run every case; ``RuntimeError`` if one turns out not to be what it is called."""
        example = self.example() if self.example else None
        counterexample = self.counterexample() if self.counterexample else None
        for trial, expected in ((example, True), (counterexample, False)):
            if trial is not None and trial.agrees is not expected:
                called = "an example" if expected else "a counterexample"
                raise RuntimeError(
                    f"`{self.name}` of {self.source} calls this {called}, and it is not: {trial}. "
                    "Change the case, or the verdict."
                )
        return Evidence(self.verdict, example, counterexample)

    def __str__(self) -> str:
        return f"{self.name} ({self.source}, {self.read}): {self.verdict.value}. {self.finding}"
