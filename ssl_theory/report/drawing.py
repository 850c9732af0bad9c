"""What is known of every direction, drawn: its variance, who shares it, whether views agree."""

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from ssl_theory.report.axes import Axis, Frame, picture
from ssl_theory.report.drawn import SAMPLE
from ssl_theory.report.markup import Markup
from ssl_theory.report.wording import digits

if TYPE_CHECKING:
    from ssl_theory.report.value import Curve

__all__ = ["draw_masses", "draw_shared", "draw_spectra", "shown_ranks"]

LEFT, RIGHT, TOP, BOTTOM = 64, 16, 16, 44
WIDE, TALL = (640, 300), (440, 260)
POINTS = 300  # drawn of a long spectrum
DOTS = 40  # up to so many eigenvalues, each is marked
BELOW = 30.0  # how far the axis reaches below the floor
ACROSS = "direction, strongest first"

Curves = Sequence["Curve"]


def draw_spectra(curves: Curves) -> Markup | None:
    """Variance against direction, both in decades, with the null's band and the rounding's floor.

    None where no direction has any variance.
    """
    top = max((max(c.eigenvalues, default=0.0) for c in curves), default=0.0)
    if not top:
        return None
    lowest = [
        weakest if (weakest := min(c.eigenvalues)) > c.floor else c.floor / BELOW
        for c in curves
        if c.floor > 0
    ]
    top = max([top, *(value for c in curves for value in c.null_high)])
    count = max(len(c.eigenvalues) for c in curves)
    frame = _frame(WIDE, count, Axis(min([*lowest, top / 10]), 2 * top, 0, 0, True))
    parts = [*frame.grid(ACROSS, "variance (squared units)")]
    for number, curve in enumerate(curves):
        low, high = map(_points, (curve.null_low, curve.null_high))
        parts += [frame.band(low, high, f"null of{number}")] if low else []
    for number, curve in enumerate(curves):
        parts += _curve(frame, curve.eigenvalues, number)
        if curve.floor > frame.y.low:
            parts.append(frame.level(curve.floor, f"floor of{number}"))
    return picture(parts, *WIDE, "spectrum", f"Spectrum of the covariance. {_spectra(curves)}")


def draw_masses(curves: Curves, dimensions: int) -> Markup | None:
    """How many coordinates share each direction; None where it is not known."""
    if not any(c.masses for c in curves):
        return None
    count = max(len(c.masses) for c in curves)
    frame = _frame(TALL, count, Axis(1, max(dimensions, 2), 0, 0, True))
    # Of a random direction of d coordinates, fourth powers sum to 3 / (d + 2) on average.
    parts = [*frame.grid(ACROSS, "coordinates"), frame.level((dimensions + 2) / 3, "chance")]
    said = []
    for number, curve in enumerate(curves):
        if curve.masses:
            parts += _curve(frame, curve.masses, number)
            least, median, most = map(digits, np.quantile(curve.masses, [0, 0.5, 1]).tolist())
            said.append(f"{curve.of}: between {least} and {most}, half of them above {median}.")
    title = f"Coordinates, out of {dimensions:,}, that share each direction."
    return picture(parts, *TALL, "masses", f"{title} {' '.join(said)}")


def draw_shared(curves: Curves, items: int) -> Markup | None:
    """How the views correlate along each direction, and how unrelated ones would.

    None where it is not known. Of many items it is known of those drawn.
    """
    known = [(number, curve) for number, curve in enumerate(curves) if curve.shared]
    if not known:
        return None
    chance = 1.96 / math.sqrt(max(min(items, SAMPLE) - 1, 4))
    lowest = min([-chance, *(value for _, curve in known for value in curve.shared)])
    count = max(len(curve.shared) for _, curve in known)
    frame = _frame(TALL, count, Axis(math.floor(5 * lowest) / 5, 1, 0, 0))
    ends = (1.0, float(count))
    parts = [*frame.grid(ACROSS, "correlation of the views")]
    parts.append(frame.band([(x, -chance) for x in ends], [(x, chance) for x in ends], "null"))
    said = []
    for number, curve in known:
        parts += _curve(frame, curve.shared, number)
        beyond = sum(value > chance for value in curve.shared)
        said.append(
            f"{curve.of}: from {digits(curve.shared[0])} to {digits(curve.shared[-1])}; "
            f"{beyond:,} of {len(curve.shared):,} directions above chance ({digits(chance)})."
        )
    title = "Correlation of the two views along each direction."
    return picture(parts, *TALL, "shared", f"{title} {' '.join(said)}")


def shown_ranks(count: int, most: int = POINTS) -> list[int]:
    """Up to about ``most`` ranks in equal ratios, the first and the last among them."""
    if count < 1:
        return []
    return np.unique(np.geomspace(1, count, most).round().astype(int)).tolist()


def _frame(size: tuple[int, int], count: int, y: Axis) -> Frame:
    width, height = size
    across = Axis(1, max(count, 2), LEFT, width - RIGHT, True)
    return Frame(across, Axis(y.low, y.high, height - BOTTOM, TOP, y.logarithmic))


def _curve(frame: Frame, values: Sequence[float], number: int) -> Iterator[Markup]:
    points = _points(values)
    yield frame.line(points, f"curve of{number}")
    if len(values) <= DOTS:
        yield from frame.dots(points, f"dot of{number}")


def _points(values: Sequence[float]) -> list[tuple[float, float]]:
    return [(float(rank), values[rank - 1]) for rank in shown_ranks(len(values))]


def _spectra(curves: Curves) -> str:
    return " ".join(
        f"{c.of}: {sum(v > c.floor for v in c.eigenvalues):,} of {len(c.eigenvalues):,} variances "
        f"lie above the floor of {c.floor:.3g} that rounding sets."
        for c in curves
    )
