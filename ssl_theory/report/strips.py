"""Quotients with their bounds, one small picture each, all on one axis."""

from typing import TYPE_CHECKING

from ssl_theory.report.axes import Axis
from ssl_theory.report.markup import Markup, element

if TYPE_CHECKING:
    from ssl_theory.report.comparison import Change, Comparison

__all__ = ["strips"]

WIDTH, HEIGHT, MARGIN = 144, 18, 6
LARGEST, SMALLEST = 100.0, 1.1  # factors that the axis reaches to


def strips(comparison: "Comparison") -> list[Markup]:
    """One for each change, empty for differences; none at all where there is no quotient."""
    found = [c.interval for c in comparison.changes if c.interval and c.ratio]
    if not found:
        return []
    reach = max(max(1 / i.low if i.low else LARGEST, i.high) for i in found)
    factor = min(max(reach, SMALLEST), LARGEST)
    axis = Axis(1 / factor, factor, MARGIN, WIDTH - MARGIN, logarithmic=True)
    return [_strip(change, axis) for change in comparison.changes]


def _strip(change: "Change", axis: Axis) -> Markup:
    if not change.interval or not change.ratio:
        return Markup()
    low, estimate, high = map(
        axis, (change.interval.low, change.interval.estimate, change.interval.high)
    )
    middle = HEIGHT / 2
    # The numbers are in the cells beside it.
    return element(
        "svg",
        element("path", class_="same", d=f"M{axis(1)} 0V{HEIGHT}"),
        element("path", class_="reach of0", d=f"M{low} {middle:g}H{high}"),
        element("circle", class_="dot of0", cx=estimate, cy=f"{middle:g}", r=2.5),
        class_="strip",
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        aria_hidden="true",
    )
