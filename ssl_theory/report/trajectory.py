"""Reports of checkpoints in their order: how every measurement went, and where it fell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from ssl_theory.report.changes import of_trajectory
from ssl_theory.report.comparison import Comparison, check_conventions
from ssl_theory.report.frames import NUMBERS, frame, of_measurements
from ssl_theory.report.interchange import check_finite
from ssl_theory.report.multiples import multiples
from ssl_theory.report.page import document, fragment_of, section
from ssl_theory.report.sheet import Sheet
from ssl_theory.report.shown import Shown
from ssl_theory.report.value import Measurement, Report

if TYPE_CHECKING:
    import pandas

__all__ = ["Trajectory", "trajectory"]


@dataclass(frozen=True)
class Trajectory(Shown):
    """What :func:`trajectory` makes: reports, each at its step."""

    SCHEMA = "ssl_theory/trajectory/1"

    steps: tuple[float, ...]
    reports: tuple[Report, ...]

    def __post_init__(self) -> None:
        if len(self.reports) < 2:
            raise ValueError(
                f"`reports` must be of at least 2 checkpoints, got {len(self.reports)}: one has no "
                "course. Diagnose more checkpoints."
            )
        if len(self.steps) != len(self.reports):
            raise ValueError(
                f"`steps` must be one for each of {len(self.reports)} reports, got "
                f"{len(self.steps)}. Leave them out to count from 0."
            )
        check_finite(self.steps, "steps")
        if any(after <= before for before, after in pairwise(self.steps)):
            raise ValueError(
                f"`steps` must increase, got {', '.join(f'{s:g}' for s in self.steps)[:60]}. "
                "Put the reports in the order of training."
            )
        for report in self.reports[1:]:
            check_conventions(self.reports[0], report)

    @property
    def names(self) -> tuple[str, ...]:
        """The measurements that all reports have."""
        shared = [{m.name for m in report.measurements} for report in self.reports]
        first = (m.name for m in self.reports[0].measurements)
        return tuple(name for name in first if all(name in names for names in shared))

    def __getitem__(self, name: str) -> tuple[Measurement, ...]:
        """The measurement of that name at every step."""
        return tuple(report[name] for report in self.reports)

    @property
    def whole(self) -> Comparison:
        """The first report compared with the last."""
        return self.reports[0].compare(self.reports[-1])

    def largest_fall(self, name: str) -> tuple[float, float, float] | None:
        """Between which neighbouring steps the value fell most, and by how much; None if never."""
        points = [(s, m.value) for s, m in zip(self.steps, self[name], strict=True)]
        falls = [
            (start, stop, before - after)
            for (start, before), (stop, after) in pairwise(points)
            if before is not None and after is not None and after < before
        ]
        return max(falls, key=lambda fall: fall[2], default=None)

    @property
    def sheet(self) -> Sheet:
        """What is shown of it, wherever that is."""
        return of_trajectory(self)

    def _repr_html_(self) -> str:
        return fragment_of(section(self.sheet, multiples(self)))

    def _page(self) -> str:
        sheet = self.sheet
        part = section(sheet, multiples(self), alone=True)
        return document(f"{sheet.title}, checkpoint by checkpoint", [part])

    def to_pandas(self) -> "pandas.DataFrame":
        """A data frame with a row for each measurement at each step."""
        rows = (
            {"step": step, "source": report.source, **row}
            for step, report in zip(self.steps, self.reports, strict=True)
            for row in of_measurements(report)
        )
        return frame(rows, NUMBERS)


def trajectory(reports: Iterable[Report], *, steps: Sequence[float] | None = None) -> Trajectory:
    """Follow every measurement over the checkpoints of a training run.

    Parameters
    ----------
    reports
        Of the checkpoints, in the order of training. Embed the same items with all of them: then
        changes are paired, and their intervals narrow.
    steps
        When each was taken, increasing; 0, 1, 2, ... if left out.

    Examples
    --------
    >>> import numpy as np
    >>> from ssl_theory.report import diagnose
    >>> z = np.random.default_rng(0).normal(size=(200, 4))
    >>> run = trajectory([diagnose(z * [1, 1, 1, s]) for s in (1.0, 0.1, 0.0)], steps=[0, 10, 20])
    >>> run.largest_fall("resolved rank")
    (10, 20, 1)
    """
    made = tuple(reports)
    return Trajectory(tuple(steps if steps is not None else range(len(made))), made)
