"""What a diagnosis is: measurements, verdicts and spectra, as one frozen value."""

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssl_theory.diagnostics.intervals import Interval
from ssl_theory.report.frames import NUMBERS, frame, of_measurements
from ssl_theory.report.interchange import check_finite
from ssl_theory.report.page import fragment, page
from ssl_theory.report.sheet import Sheet, of_report
from ssl_theory.report.shown import Shown
from ssl_theory.report.wording import digits

if TYPE_CHECKING:
    import pandas

    from ssl_theory.report.comparison import Comparison

__all__ = ["Curve", "Expectation", "Kind", "Measurement", "Report", "Verdict"]


class Kind(enum.Enum):
    """What a verdict says; the value is its name on the command line and in JSON."""

    HEALTHY = "healthy"
    COLLAPSED_TO_A_POINT = "collapsed-to-a-point"
    RANK_DEFICIENT = "rank-deficient"
    CONCENTRATED = "concentrated"
    TOO_FEW_ITEMS = "too-few-items"


@dataclass(frozen=True)
class Expectation:
    """What a measurement would be if there were nothing to find."""

    of: str  # "isotropic Gaussian items", "unrelated views"
    value: float
    p_value: float | None = None  # how often such items show as much, where that is known


@dataclass(frozen=True)
class Measurement:
    """One number, with everything needed to say what it is."""

    name: str
    value: float | None  # None where it is undefined; `note` says why
    unit: str
    convention: str
    meaning: str
    note: str = ""
    interval: Interval | None = None  # for the population's value
    null: Expectation | None = None
    group: str = ""  # the heading under which it is shown

    def __post_init__(self) -> None:
        check_finite(self, self.name)

    def __str__(self) -> str:
        return f"{self.name}: {self.shown} {self.unit}".rstrip()

    @property
    def shown(self) -> str:
        """The value, to four digits if it is not a count."""
        return digits(self.value)


@dataclass(frozen=True)
class Verdict:
    """A judgement with the numbers it rests on, and what to do about it."""

    kind: Kind
    of: str  # the view: "z", "w"
    sentence: str
    advice: str
    sure: bool = True  # whether all of the interval, and not just the estimate, is beyond the limit

    def __str__(self) -> str:
        return f"{self.kind.name}: {self.sentence} {self.advice}"


@dataclass(frozen=True)
class Curve:
    """A spectrum as it is drawn: variances, largest first, and what to compare them with.

    Whatever there is of each direction begins with the strongest, and may end before the weakest.
    """

    of: str
    eigenvalues: tuple[float, ...]
    floor: float  # set by rounding
    null_low: tuple[float, ...] = ()  # of isotropic items, of the same number and total variance
    null_high: tuple[float, ...] = ()
    masses: tuple[float, ...] = ()  # how many coordinates share each direction
    shared: tuple[float, ...] = ()  # correlation of the two views along each direction

    def __post_init__(self) -> None:
        check_finite(self, f"spectrum of {self.of}")


@dataclass(frozen=True)
class Report(Shown):
    """What :func:`~ssl_theory.report.diagnosis.diagnose` found.

    It prints as a table, shows itself in notebooks, and is written whole by :meth:`to_html` and
    :meth:`to_json`.
    """

    SCHEMA = "ssl_theory/report/2"

    source: str
    items: int
    dimensions: int
    format: str  # how finely the numbers are written
    verdicts: tuple[Verdict, ...]
    measurements: tuple[Measurement, ...]
    spectra: tuple[Curve, ...]
    blocks: str = ""  # digest of which item is in which block of the intervals

    def __getitem__(self, name: str) -> Measurement:
        """The measurement of that name."""
        for measurement in self.measurements:
            if measurement.name == name:
                return measurement
        names = ", ".join(m.name for m in self.measurements)
        raise KeyError(f"no measurement `{name}` in this report; it has {names}.")

    @property
    def kinds(self) -> frozenset[Kind]:
        """Every kind of verdict in it."""
        return frozenset(verdict.kind for verdict in self.verdicts)

    @property
    def sheet(self) -> Sheet:
        """What is shown of it, wherever that is."""
        return of_report(self)

    def _repr_html_(self) -> str:
        return fragment(self)

    def _page(self) -> str:
        return page([self], title=f"{self.source}, diagnosed")

    def to_pandas(self) -> "pandas.DataFrame":
        """A data frame with a row for each measurement, by name."""
        return frame(of_measurements(self), NUMBERS, index="measurement")

    def compare(self, other: "Report") -> "Comparison":
        """What changed from this report to ``other``, with intervals of the changes.

        Intervals are of paired changes where both reports are of equally many items, in the same
        blocks: what is particular to these items happens to both and cancels. If the items only
        seem to be the same, these bounds are as wide as of separate samples, and right.

        Raises
        ------
        ValueError
            If the reports share no measurement, or mean different things by one name.
        """
        from ssl_theory.report.comparison import compared

        return compared(self, other)
