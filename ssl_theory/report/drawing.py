"""Spectra as a self-contained SVG, on logarithmic axes."""

import html
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from ssl_theory.report.value import Curve

__all__ = ["draw_spectra"]

WIDTH, HEIGHT = 640, 300
LEFT, RIGHT, TOP, BOTTOM = 64, 16, 16, 44
POINTS = 300  # drawn of a long spectrum
DOTS = 40  # up to so many eigenvalues, each is marked
BELOW = 30.0  # how far the axis reaches below the floor
TICKS = 7


def draw_spectra(curves: "Sequence[Curve]") -> str:
    """Variance against direction, both in decades, with the floor that rounding sets.

    Nothing is drawn, and a sentence says so, where no direction has any variance.
    """
    top = max((max(c.eigenvalues, default=0.0) for c in curves), default=0.0)
    if not top:
        return '<p class="none">No direction has any variance: there is no spectrum to draw.</p>'
    count = max(len(c.eigenvalues) for c in curves)
    lowest = [
        weakest if (weakest := min(c.eigenvalues)) > c.floor else c.floor / BELOW
        for c in curves
        if c.floor > 0
    ]
    low = min([*lowest, top / 10])
    x = _Axis(1, max(count, 2), LEFT, WIDTH - RIGHT)
    y = _Axis(low, 2 * top, HEIGHT - BOTTOM, TOP)
    described = "; ".join(
        f"{c.of}: {sum(v > c.floor for v in c.eigenvalues)} of {len(c.eigenvalues)} variances lie "
        f"above the floor of {c.floor:.3g} that rounding sets"
        for c in curves
    )
    parts = [
        f'<svg class="spectrum" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{html.escape(f"Spectrum of the covariance. {described}.")}">',
        *_grid(x, y),
        *(line for number, curve in enumerate(curves) for line in _curve(curve, number, x, y)),
        f'<text class="label" x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 8}" '
        'text-anchor="middle">direction, strongest first</text>',
        f'<text class="label" transform="translate(14 {(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)" '
        'text-anchor="middle">variance (squared units)</text>',
        "</svg>",
    ]
    return "\n".join(parts)


class _Axis:
    """From values to places on paper, by decades."""

    def __init__(self, low: float, high: float, start: float, stop: float) -> None:
        self.low, self.high = math.log10(low), math.log10(high)
        self.start, self.stop = start, stop

    def __call__(self, value: float) -> float:
        """Where ``value`` is drawn; at the edge if it is out of range."""
        log = math.log10(value) if value > 0 else self.low
        share = (min(max(log, self.low), self.high) - self.low) / (self.high - self.low)
        return round(self.start + share * (self.stop - self.start), 2)

    def ticks(self) -> list[int]:
        """Exponents of the powers of ten that are marked."""
        first, last = math.ceil(self.low - 1e-9), math.floor(self.high + 1e-9)
        return list(range(first, last + 1, 1 + (last - first) // TICKS))


def _grid(x: _Axis, y: _Axis) -> list[str]:
    left, right, top, bottom = LEFT, WIDTH - RIGHT, TOP, HEIGHT - BOTTOM
    lines = [f'<path class="axis" d="M{left} {top}V{bottom}H{right}"/>']
    for power in y.ticks():
        at = y(10.0**power)
        lines.append(f'<path class="grid" d="M{left} {at}H{right}"/>')
        lines.append(
            f'<text class="tick" x="{left - 8}" y="{at + 4}" text-anchor="end">10'
            f'<tspan class="power" dy="-5">{power}</tspan></text>'
        )
    for power in x.ticks():
        at = x(10.0**power)
        lines.append(f'<path class="grid" d="M{at} {top}V{bottom}"/>')
        lines.append(
            f'<text class="tick" x="{at}" y="{bottom + 16}" text-anchor="middle">'
            f"{10**power:,}</text>"
        )
    return lines


def _curve(curve: "Curve", number: int, x: _Axis, y: _Axis) -> list[str]:
    values, lines = curve.eigenvalues, []
    steps = np.unique(np.geomspace(1, max(len(values), 1), POINTS).round().astype(int))
    places = [(x(step), y(values[step - 1])) for step in steps.tolist() if step <= len(values)]
    path = "L".join(f"{across} {up}" for across, up in places)
    lines.append(f'<path class="curve of{number}" d="M{path}"/>')
    if len(values) <= DOTS:
        lines += [
            f'<circle class="dot of{number}" cx="{across}" cy="{up}" r="2.5"/>'
            for across, up in places
        ]
    if curve.floor > 10**y.low:
        at = y(curve.floor)
        lines.append(f'<path class="floor of{number}" d="M{LEFT} {at}H{WIDTH - RIGHT}"/>')
        if number == 0:
            lines.append(
                f'<text class="label" x="{LEFT + 6}" y="{at - 6}">floor set by rounding</text>'
            )
    return lines
