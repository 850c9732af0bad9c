"""Axes, and what is drawn between them, as parts of an SVG that takes its colours from the page."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ssl_theory.report.markup import Markup, element
from ssl_theory.report.wording import digits

__all__ = ["Axis", "Frame", "picture"]

Point = tuple[float, float]


@dataclass(frozen=True)
class Axis:
    """From values between two bounds to places on paper, evenly or by decades."""

    low: float
    high: float
    start: float
    stop: float
    logarithmic: bool = False
    ticks_wanted: int = 6

    def __call__(self, value: float) -> float:
        """Where ``value`` is drawn; at the edge if it is out of range."""
        value = min(max(value, self.low), self.high)
        low, high, at = map(self._scale, (self.low, self.high, value))
        return round(self.start + (at - low) / (high - low) * (self.stop - self.start), 2)

    def ticks(self) -> list[float]:
        """Round values between the bounds."""
        if not self.logarithmic:
            step = _round_step((self.high - self.low) / self.ticks_wanted)
            first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
            return [round(k * step, 12) for k in range(first, last + 1)]
        first = math.ceil(math.log10(self.low) - 1e-9)
        last = math.floor(math.log10(self.high) + 1e-9)
        if last > first + 1:
            powers = range(first, last + 1, 1 + (last - first) // (self.ticks_wanted + 1))
            return [10.0**power for power in powers]
        marks = [m * 10.0**power for power in range(first - 1, last + 1) for m in (1, 2, 5)]
        return [mark for mark in marks if self.low <= mark <= self.high]

    @property
    def raised(self) -> bool:
        """Whether its numbers are written as powers of ten, as all or none of them are."""
        powers = [math.log10(tick) for tick in self.ticks()] if self.logarithmic else []
        far = any(not -3 < power < 6 for power in powers)
        return far and all(abs(power - round(power)) < 1e-9 for power in powers)

    def _scale(self, value: float) -> float:
        return math.log10(value) if self.logarithmic else value


@dataclass(frozen=True)
class Frame:
    """Two axes and the area between them."""

    x: Axis
    y: Axis

    def grid(self, across: str, up: str = "") -> Iterable[Markup]:
        """Lines, numbers and names of the axes."""
        left, right, top, bottom = self.x.start, self.x.stop, self.y.stop, self.y.start
        for value in self.y.ticks():
            at = self.y(value)
            yield element("path", class_="grid", d=f"M{left:g} {at:g}H{right:g}")
            yield _number(value, self.y, left - 8, at + 4, "end")
        for value in self.x.ticks():
            at = self.x(value)
            yield element("path", class_="grid", d=f"M{at:g} {top:g}V{bottom:g}")
            yield _number(value, self.x, at, bottom + 16, "middle")
        yield element("path", class_="axis", d=f"M{left:g} {top:g}V{bottom:g}H{right:g}")
        yield element(
            "text",
            across,
            class_="label",
            x=(left + right) / 2,
            y=bottom + 36,
            text_anchor="middle",
        )
        if up:
            place = f"translate(14 {(top + bottom) / 2:g}) rotate(-90)"
            yield element("text", up, class_="label", transform=place, text_anchor="middle")

    def line(self, points: Iterable[Point], kind: str) -> Markup:
        """A line through the points."""
        return element("path", class_=kind, d="M" + "L".join(self._place(p) for p in points))

    def band(self, low: Sequence[Point], high: Sequence[Point], kind: str) -> Markup:
        """The area between two lines."""
        around = "L".join(self._place(p) for p in [*low, *reversed(high)])
        return element("path", class_=kind, d=f"M{around}Z")

    def dots(self, points: Iterable[Point], kind: str, radius: float = 2.5) -> Iterable[Markup]:
        """A dot at each point."""
        for x, y in points:
            yield element("circle", class_=kind, cx=self.x(x), cy=self.y(y), r=radius)

    def level(self, value: float, kind: str) -> Markup:
        """A line all across."""
        return self.line([(self.x.low, value), (self.x.high, value)], kind)

    def _place(self, point: Point) -> str:
        return f"{self.x(point[0])} {self.y(point[1])}"


def picture(parts: Iterable[Markup], width: int, height: int, kind: str, said: str) -> Markup:
    """An SVG with a description for those who do not see it."""
    box = f"0 0 {width} {height}"
    return element("svg", *parts, class_=kind, viewBox=box, role="img", aria_label=said)


def _number(value: float, axis: Axis, x: float, y: float, anchor: str) -> Markup:
    if axis.raised:
        raised = element("tspan", f"{math.log10(value):.0f}", class_="power", dy="-5")
        return element("text", "10", raised, class_="tick", x=x, y=y, text_anchor=anchor)
    round_thousand = 1000 <= abs(value) < 1e6 and value == round(value)
    shown = f"{value:,.0f}" if round_thousand else digits(value)
    return element("text", shown, class_="tick", x=x, y=y, text_anchor=anchor)


def _round_step(least: float) -> float:
    """The smallest of 1, 2, 5, 10, ... that is not far below ``least``."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(m * power for m in (1, 2, 5, 10) if m * power >= 0.8 * least)
