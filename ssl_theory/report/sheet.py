"""What is shown of a value, the same in a terminal, in colour and on a page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from ssl_theory.report.wording import between, digits, probability

if TYPE_CHECKING:
    from ssl_theory.report.value import Measurement, Report, Verdict

__all__ = ["CHANCE", "Cell", "Row", "Sheet", "Statement", "headed", "of_report", "statements"]

POPULATION = (
    "Intervals are for the population that the items are a sample of, with the bias of so few "
    "items taken off: a value, which is of these items, may lie outside of its own."
)
DOUBT = "Not certain: the interval reaches across the limit."
CHANCE = "by chance"
"""The heading of what a measurement would be if there were nothing to find."""


@dataclass(frozen=True)
class Cell:
    """A number, and what is said beside it where there is room."""

    text: str
    aside: str = ""


@dataclass(frozen=True)
class Row:
    """A name, its numbers, and what they are."""

    name: str
    cells: tuple[Cell, ...]
    convention: str
    meaning: str = ""
    note: str = ""
    group: str = ""


@dataclass(frozen=True)
class Statement:
    """A verdict in words; its kind decides the colour."""

    kind: str
    name: str
    said: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A title, what to know first, a table, and what to know about the table."""

    title: str
    what: str
    statements: tuple[Statement, ...]
    columns: tuple[str, ...]  # without the name's
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()

    @property
    def groups(self) -> Iterator[tuple[str, tuple[Row, ...]]]:
        """Neighbouring rows under one heading."""
        for name, rows in groupby(self.rows, key=lambda row: row.group):
            yield name, tuple(rows)


def of_report(report: "Report") -> Sheet:
    """Verdicts, then every measurement with its interval, its null and its convention."""
    found = report.measurements
    levels = {m.interval.level for m in found if m.interval}
    nulls = any(m.null for m in found)
    columns = ["value"]
    if levels:
        columns.append(headed(levels))
    if nulls:
        columns.append(CHANCE)
    return Sheet(
        report.source,
        f"{report.items:,} items of {report.dimensions:,} dimensions, {report.format}",
        statements(report.verdicts),
        tuple(columns),
        tuple(
            Row(m.name, tuple(_cells(m, levels, nulls)), m.convention, m.meaning, m.note, m.group)
            for m in found
        ),
        (POPULATION,) if levels else (),
    )


def headed(levels: set[float]) -> str:
    """The heading of a column of intervals of these levels."""
    return "interval" if len(levels) > 1 else f"{100 * min(levels):g} % interval"


def statements(
    verdicts: "Iterable[Verdict]", *, several: bool | None = None
) -> tuple[Statement, ...]:
    """Verdicts in words, with the view where there are several."""
    verdicts = tuple(verdicts)
    if several is None:
        several = len({verdict.of for verdict in verdicts}) > 1
    return tuple(
        Statement(
            verdict.kind.value,
            verdict.kind.name + (f" ({verdict.of})" if several else ""),
            (verdict.sentence, *([] if verdict.sure else [DOUBT]), verdict.advice),
        )
        for verdict in verdicts
    )


def _cells(m: "Measurement", levels: set[float], nulls: bool) -> Iterator[Cell]:
    yield Cell(digits(m.value), m.unit)
    if levels and m.interval:
        level = f"{100 * m.interval.level:g} %" if len(levels) > 1 else ""
        yield Cell(between(m.interval.low, m.interval.high), level)
    elif levels:
        yield Cell("")
    if nulls and m.null:
        p = m.null.p_value
        shown = digits(m.null.value) + (f", {probability(p)}" if p is not None else "")
        yield Cell(shown, m.null.of)
    elif nulls:
        yield Cell("")
