"""Two reports, measurement by measurement: what changed, and whether that may be chance."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssl_theory.diagnostics import intervals
from ssl_theory.diagnostics.intervals import Interval
from ssl_theory.diagnostics.unpaired import unpaired_change
from ssl_theory.report.changes import of_comparison
from ssl_theory.report.frames import bounds, frame
from ssl_theory.report.interchange import check_finite
from ssl_theory.report.page import document, fragment_of, section
from ssl_theory.report.sheet import Sheet
from ssl_theory.report.shown import Shown
from ssl_theory.report.strips import strips
from ssl_theory.report.value import Kind, Measurement, Report, Verdict

if TYPE_CHECKING:
    import pandas

__all__ = ["Change", "Comparison", "check_conventions", "compared"]

UNEQUAL = (
    "The reports are of {} and {} items. A spectrum is the more uneven the fewer items there are, "
    "so plain values of unequal numbers of items are not comparable; bounds are, as far as taking "
    "the bias of the first order off suffices."
)
NAMED = 6  # measurements that only one report has
DIFFERENT = "Counts of directions are out of {} dimensions before and {} after."


@dataclass(frozen=True)
class Change:
    """One measurement before and after."""

    name: str
    before: float | None
    after: float | None
    unit: str
    convention: str
    ratio: bool  # whether the change is a quotient: if not, a difference
    value: float | None  # the change of the values themselves
    interval: Interval | None  # for the population's change
    note: str = ""
    group: str = ""

    def __post_init__(self) -> None:
        check_finite(self, self.name)

    @property
    def excludes_none(self) -> bool | None:
        """Whether no change at all lies outside the interval; None if there is no interval."""
        return (1.0 if self.ratio else 0.0) not in self.interval if self.interval else None


@dataclass(frozen=True)
class Comparison(Shown):
    """What :meth:`Report.compare <ssl_theory.report.value.Report.compare>` found."""

    SCHEMA = "ssl_theory/comparison/1"

    before: str  # what the reports call their embeddings
    after: str
    paired: bool  # whether intervals are of the same items in the same blocks
    changes: tuple[Change, ...]
    gained: tuple[Verdict, ...]
    lost: tuple[Verdict, ...]
    notes: tuple[str, ...] = ()

    def __getitem__(self, name: str) -> Change:
        """The change of the measurement of that name."""
        for change in self.changes:
            if change.name == name:
                return change
        names = ", ".join(change.name for change in self.changes)
        raise KeyError(f"no measurement `{name}` in both reports; they share {names}.")

    @property
    def sheet(self) -> Sheet:
        """What is shown of it, wherever that is."""
        return of_comparison(self)

    def _repr_html_(self) -> str:
        return fragment_of(section(self.sheet, drawn=strips(self), drawn_as="drawn"))

    def _page(self) -> str:
        part = section(self.sheet, alone=True, drawn=strips(self), drawn_as="drawn")
        return document(self.sheet.title, [part])

    def to_pandas(self) -> "pandas.DataFrame":
        """A data frame with a row for each measurement, by name."""
        rows = (
            {
                "measurement": c.name,
                "group": c.group,
                "before": c.before,
                "after": c.after,
                "change": c.value,
                "kind": "ratio" if c.ratio else "difference",
                **bounds(c.interval),
                "excludes_none": c.excludes_none,
                "unit": c.unit,
                "convention": c.convention,
                "note": c.note,
            }
            for c in self.changes
        )
        numbers = ("before", "after", "change", "low", "estimate", "high", "level")
        return frame(rows, numbers, index="measurement")


def compared(before: Report, after: Report) -> Comparison:
    """See :meth:`Report.compare <ssl_theory.report.value.Report.compare>`."""
    if not isinstance(after, Report):
        raise TypeError(
            f"`other` must be a report, got {type(after).__name__}. "
            "Make one with diagnose, or read it with Report.from_json."
        )
    check_conventions(before, after)
    paired = bool(before.blocks) and before.blocks == after.blocks
    names = {m.name for m in after.measurements}
    changes = tuple(
        _change(m, after[m.name], paired) for m in before.measurements if m.name in names
    )
    return Comparison(
        before.source,
        after.source,
        paired,
        changes,
        _missing(after.verdicts, before.verdicts),
        _missing(before.verdicts, after.verdicts),
        tuple(_notes(before, after)),
    )


def check_conventions(before: Report, after: Report) -> None:
    """Refuse reports that call different things by one name, or that share no name."""
    first = {m.name: m for m in before.measurements}
    shared = [(first[m.name], m) for m in after.measurements if m.name in first]
    if not shared:
        raise ValueError(
            f"`other` must share measurements with this report, got none of {', '.join(first)}. "
            "Diagnose both in the same way."
        )
    for one, other in shared:
        if one.convention != other.convention:
            raise ValueError(
                f"`other` must follow the conventions of this report, got `{other.name}` as "
                f"{other.convention} where here it is {one.convention}. "
                "Diagnose both with one version of ssl_theory."
            )


def _change(before: Measurement, after: Measurement, paired: bool) -> Change:
    found, note = None, ""
    if before.interval and after.interval:
        one, other = before.interval, after.interval
        if (one.logarithmic, one.level) != (other.logarithmic, other.level):
            note = "The intervals are of different scales or levels"
        elif paired and one.counts == other.counts:
            found = intervals.change(one, other)
        else:
            found = unpaired_change(one, other)
    ratio = found is not None and found.logarithmic
    value = found.plug_in if found and ratio else None
    if not ratio and before.value is not None and after.value is not None:
        value = after.value - before.value
    unit = " / ".join(dict.fromkeys((before.unit, after.unit)))
    shown = before.name, before.value, after.value, unit, after.convention
    return Change(*shown, ratio, value, found, note, after.group)


def _missing(verdicts: tuple[Verdict, ...], among: tuple[Verdict, ...]) -> tuple[Verdict, ...]:
    """Those whose kind, of their view, is not ``among`` the others; health is no news."""
    known = {(verdict.kind, verdict.of) for verdict in among}
    new = (v for v in verdicts if (v.kind, v.of) not in known)
    return tuple(v for v in new if v.kind is not Kind.HEALTHY)


def _notes(before: Report, after: Report) -> Iterator[str]:
    if before.items != after.items:
        yield UNEQUAL.format(f"{before.items:,}", f"{after.items:,}")
    if before.dimensions != after.dimensions:
        yield DIFFERENT.format(f"{before.dimensions:,}", f"{after.dimensions:,}")
    if before.format != after.format:
        yield f"The numbers are {before.format} before and {after.format} after."
    one, other = ({m.name for m in report.measurements} for report in (before, after))
    for names, when in ((one - other, "before"), (other - one, "after")):
        if names:
            yield f"Only {when}: {_some(sorted(names))}."


def _some(names: list[str]) -> str:
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more:,} more" if more > 0 else "")
