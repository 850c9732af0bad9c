"""What was found of a channel, and of all: values that print as a table."""

from dataclasses import dataclass

from ssl_theory.collapse.attribution import Cause
from ssl_theory.collapse.detector import Against
from ssl_theory.collapse.kinds import Kind

__all__ = ["Detection", "Finding"]


@dataclass(frozen=True)
class Finding:
    """One channel, held against one thing."""

    kind: Kind
    channel: str
    against: Against
    found: float
    expected: float
    loss: float  # how much worse it is than expected, in units of the channel's tolerance
    p_value: float
    adjusted: float  # for all tests that were made
    collapsed: bool
    reason: str

    def __str__(self) -> str:
        word = "collapsed" if self.collapsed else "not shown"
        return f"{self.kind.value}: {word}, {self.reason}"


@dataclass(frozen=True)
class Detection:
    """What was found of each kind of collapse, and what was not looked at."""

    level: float
    findings: tuple[Finding, ...]
    causes: tuple[Cause, ...]  # of the collapse, the likeliest first
    missing: tuple[tuple[Kind, str], ...]  # kinds that were not judged, and what they lack

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of collapse that were shown, the one that explains most first."""
        shown = [finding.kind for finding in self.findings if finding.collapsed]
        # What the backbone lost is a split only if the projector did not.
        shown = [kind for kind in shown if kind is not Kind.SPLIT]
        return tuple(dict.fromkeys([cause.kind for cause in self.causes] + shown))

    def __str__(self) -> str:
        lines = [self._headline(), ""]
        rows = [_HEADER, *map(_row, self.findings)]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            cells = (
                cell.ljust(width) if place < 3 else cell.rjust(width)
                for place, (cell, width) in enumerate(zip(row, widths, strict=True))
            )
            lines.append("  ".join(cells).rstrip())
        lines += ["", *(f"{cause}." for cause in self.causes)]
        if self.missing:
            lines += ["not judged:", *(f"  {kind.value}: {why}" for kind, why in self.missing)]
        return "\n".join(lines)

    def _headline(self) -> str:
        if not self.findings:
            return "Nothing was judged."
        if not self.kinds:
            return f"No collapse was shown, of {len(self.findings)} tests at {self.level:.0%}."
        return "Collapsed: " + ", ".join(kind.value for kind in self.kinds) + "."


_HEADER = ("kind", "channel", "against", "found", "expected", "tolerances", "p", "adjusted", "")


def _row(finding: Finding) -> tuple[str, ...]:
    numbers = (finding.found, finding.expected, finding.loss)
    return (
        finding.kind.value,
        finding.channel,
        finding.against.value,
        *(f"{number:.3g}" for number in numbers),
        f"{finding.p_value:.2g}",
        f"{finding.adjusted:.2g}",
        "collapsed" if finding.collapsed else "",
    )
