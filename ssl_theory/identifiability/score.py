"""What a measure of identification answers: a number, what it rests on, and whether that held."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["Finding", "Score"]


@dataclass(frozen=True)
class Finding:
    """One condition, looked at on the very items that were scored."""

    condition: str
    holds: bool
    says: str


@dataclass(frozen=True, eq=False)
class Score:
    """A value that is only as good as what was found about its conditions.

    >>> found = Finding("independent latents", False, "the latents are dependent.")
    >>> print(Score("mean correlation", 0.959, 1.0, {}, (found,)))
    mean correlation 0.959 (best 1)
      but: the latents are dependent.
    """

    measure: str
    value: float
    best: float  # what the value is where the latents are identified
    parts: Mapping[str, Any]  # everything it was made of, by name
    checked: tuple[Finding, ...]

    @property
    def warnings(self) -> tuple[str, ...]:
        """What did not hold, one sentence each; with any, the value does not mean what it says."""
        return tuple(finding.says for finding in self.checked if not finding.holds)

    @property
    def flagged(self) -> bool:
        """Whether a condition did not hold."""
        return bool(self.warnings)

    def __float__(self) -> float:
        return self.value

    def __str__(self) -> str:
        lines = [f"{self.measure} {self.value:.3f} (best {self.best:g})"]
        return "\n  but: ".join(lines + list(self.warnings))
