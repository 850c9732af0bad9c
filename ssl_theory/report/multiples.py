"""One small figure for every measurement of a trajectory."""

from itertools import groupby
from typing import TYPE_CHECKING

from ssl_theory.report.axes import Axis, Frame, picture
from ssl_theory.report.markup import Markup, element, joined
from ssl_theory.report.wording import digits

if TYPE_CHECKING:
    from ssl_theory.report.trajectory import Trajectory
    from ssl_theory.report.value import Measurement

__all__ = ["multiples"]

WIDTH, HEIGHT = 300, 190
LEFT, RIGHT, TOP, BOTTOM = 64, 14, 10, 42
ROOM = 0.06  # above and below, as a part of the range
DECADES = 50.0  # from this quotient of the largest and the smallest on, the axis is logarithmic
KEY = (
    "Shaded: intervals. Dotted: what chance shows. Thick: the largest fall between neighbouring "
    "checkpoints."
)

Points = list[tuple[float, float]]


def multiples(trajectory: "Trajectory") -> Markup:
    """What changed, drawn; what did not, named."""
    panels, still = [], []
    for name in trajectory.names:
        values = {m.value for m in trajectory[name]} - {None}
        if len(values) > 1:
            panels.append(_panel(trajectory, name))
        elif values:
            still.append(f"{name} ({digits(values.pop())})")
    parts = [element("div", *panels, class_="panels"), element("p", KEY, class_="note")]
    if still:
        parts.append(element("p", f"The same throughout: {', '.join(still)}.", class_="note"))
    return joined(parts if panels else parts[2:])


def _panel(trajectory: "Trajectory", name: str) -> Markup:
    steps, found = trajectory.steps, trajectory[name]
    points = [(s, m.value) for s, m in zip(steps, found, strict=True) if m.value is not None]
    low = [(s, m.interval.low) for s, m in zip(steps, found, strict=True) if m.interval]
    high = [(s, m.interval.high) for s, m in zip(steps, found, strict=True) if m.interval]
    nulls = [(s, m.null.value) for s, m in zip(steps, found, strict=True) if m.null]
    frame = Frame(
        Axis(steps[0], steps[-1], LEFT, WIDTH - RIGHT, ticks_wanted=4),
        _upright([value for _, value in (*points, *low, *high, *nulls)]),
    )
    fall = trajectory.largest_fall(name)
    parts = [*frame.grid("step")]
    parts += [frame.band(low, high, "null of0")] if len(low) > 1 else []
    parts += [frame.line(nulls, "chance")] if len(nulls) > 1 else []
    parts += [frame.line(run, "curve of0") for run in _runs(trajectory, name)]
    if fall:
        ends = dict(points)
        parts.append(frame.line([(s, ends[s]) for s in fall[:2]], "fall"))
    parts += frame.dots(points, "dot of0", 2.2)
    first, last = points[0], points[-1]
    unit = found[0].unit
    said = f"{digits(first[1])} to {digits(last[1])} {unit}"
    words = f"{name}: {said}, steps {digits(first[0])} to {digits(last[0])}"
    if fall:
        start, stop, size = map(digits, fall)
        words += f"; falls most, by {size}, from step {start} to {stop}"
    title = element("figcaption", element("strong", name), f" {said}")
    return element("figure", title, picture(parts, WIDTH, HEIGHT, "panel", f"{words}."))


def _upright(values: list[float]) -> Axis:
    low, high = min(values), max(values)
    if low > 0 and high / low >= DECADES:
        room = (high / low) ** ROOM
        return Axis(low / room, high * room, HEIGHT - BOTTOM, TOP, True, ticks_wanted=4)
    room = ROOM * (high - low)
    return Axis(low - room, high + room, HEIGHT - BOTTOM, TOP, ticks_wanted=4)


def _runs(trajectory: "Trajectory", name: str) -> list[Points]:
    """Stretches of two or more neighbouring checkpoints where the value is defined."""

    def known(pair: tuple[float, "Measurement"]) -> bool:
        return pair[1].value is not None

    runs = groupby(zip(trajectory.steps, trajectory[name], strict=True), key=known)
    points = [[(s, m.value) for s, m in run if m.value is not None] for defined, run in runs]
    return [run for run in points if len(run) > 1]
