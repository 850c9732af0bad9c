"""What is shown of several reports: of two that are compared, and of many in their order."""

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from ssl_theory.report.sheet import Cell, Row, Sheet, Statement, headed, statements
from ssl_theory.report.value import Kind
from ssl_theory.report.wording import between, digits

if TYPE_CHECKING:
    from ssl_theory.report.comparison import Change, Comparison
    from ssl_theory.report.trajectory import Trajectory

__all__ = ["of_comparison", "of_trajectory"]

PAIRED = (
    "Intervals are of the population's change, from the same items before and after: what is "
    "particular to these items cancels."
)
UNPAIRED = (
    "Intervals are of the population's change, from separate items: the errors of both add. "
    "Embeddings of the same items would give narrower ones."
)
FALL = "A value fell most between the neighbouring steps that are named; changes are first to last."


def of_comparison(comparison: "Comparison") -> Sheet:
    """Verdicts that are new or gone, then every measurement that both reports have."""
    changes = comparison.changes
    levels = sorted({c.interval.level for c in changes if c.interval})
    sure = sum(bool(c.excludes_none) for c in changes)
    known = sum(c.interval is not None for c in changes)
    notes = [PAIRED if comparison.paired else UNPAIRED] if levels else []
    if levels:
        by_chance = sum(1 - c.interval.level for c in changes if c.interval)
        notes.append(
            f"{sure} of {known} intervals exclude that nothing changed (*). If nothing had, about "
            f"{by_chance:.2g} of them would do so all the same."
        )
    said = [
        *(("NEW: ", verdict.kind.value, verdict) for verdict in comparison.gained),
        *(("GONE: ", "gone", verdict) for verdict in comparison.lost),
    ]
    news = [
        Statement(kind, word + one.name, one.said)
        for word, kind, verdict in said
        for one in statements([verdict], several=True)
    ]
    return Sheet(
        f"{comparison.after}, compared with {comparison.before}",
        _counted(comparison),
        tuple(news or [Statement("unchanged", "VERDICTS", ("the same before and after.",))]),
        ("before", "after", "change", *([headed(set(levels))] if levels else [])),
        tuple(
            Row(c.name, tuple(_changed(c, levels)), c.convention, note=c.note, group=c.group)
            for c in changes
        ),
        (*notes, *comparison.notes),
    )


def _counted(comparison: "Comparison") -> str:
    sharing = "the same items in the same blocks" if comparison.paired else "separate items"
    return f"{len(comparison.changes)} measurements that both reports have, of {sharing}"


def _changed(change: "Change", levels: list[float]) -> Iterator[Cell]:
    yield Cell(digits(change.before), change.unit)
    yield Cell(digits(change.after))
    if change.value is None:
        yield Cell("undefined" if None in (change.before, change.after) else "")
    elif change.ratio:
        yield Cell(f"x {digits(change.value)}")
    else:
        yield Cell(("+" if change.value > 0 else "") + digits(change.value))
    if levels and change.interval:
        none = 1 if change.ratio else 0
        shown = between(change.interval.low, change.interval.high, apart_from=none)
        sure = change.excludes_none
        yield Cell(shown + ("*" if sure else " "), "no change excluded" if sure else "")
    elif levels:
        yield Cell("")


def of_trajectory(trajectory: "Trajectory") -> Sheet:
    """Verdicts with their steps, then every measurement, first and last and where it fell."""
    steps, whole = trajectory.steps, trajectory.whole
    sheet = of_comparison(whole)
    extent = f"{len(steps):,} checkpoints, steps {digits(steps[0])} to {digits(steps[-1])}"
    return Sheet(
        f"{whole.before} to {whole.after}" if whole.before != whole.after else whole.after,
        extent,
        tuple(_told(trajectory)),
        ("first", "last", *sheet.columns[2:], "fell most"),
        tuple(
            Row(
                row.name,
                (*row.cells, Cell(_fall(trajectory, row.name))),
                row.convention,
                note=row.note,
                group=row.group,
            )
            for row in sheet.rows
            if row.name in trajectory.names
        ),
        (FALL, *sheet.notes),
    )


def _fall(trajectory: "Trajectory", name: str) -> str:
    found = trajectory.largest_fall(name)
    if found is None:
        return "none"
    return f"{digits(found[0])} to {digits(found[1])}"


def _told(trajectory: "Trajectory") -> Iterator[Statement]:
    """Each verdict once, with the steps at which it holds."""
    last = {
        (verdict.kind, verdict.of): verdict
        for report in trajectory.reports
        for verdict in report.verdicts
        if verdict.kind is not Kind.HEALTHY
    }
    for (kind, of), verdict in last.items():
        holds = [
            (kind, of) in {(v.kind, v.of) for v in report.verdicts} for report in trajectory.reports
        ]
        (one,) = statements([verdict], several=of != "z")
        yield Statement(one.kind, one.name, (f"{_when(trajectory.steps, holds)}.", *one.said))
    if not last:
        yield Statement(Kind.HEALTHY.value, Kind.HEALTHY.name, ("at every checkpoint.",))


def _when(steps: tuple[float, ...], holds: list[bool]) -> str:
    """The steps at which something holds, neighbours as a range."""
    if all(holds):
        return "at every checkpoint"
    runs = []
    for held, run in groupby(zip(steps, holds, strict=True), key=lambda pair: pair[1]):
        first, *rest = (digits(step) for step, _ in run)
        if held:
            runs.append(f"{first} to {rest[-1]}" if rest else first)
    return f"at step{'s' if sum(holds) > 1 else ''} {', '.join(runs)}"
