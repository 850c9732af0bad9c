"""One style: a colour for every name, and names beside their lines instead of a legend."""

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

__all__ = ["GREY", "MARKERS", "bare", "colours", "name_lines", "svg"]

GREY = "#666666"
PALETTE = (  # Okabe and Ito: told apart by most eyes, and in grey
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000",
)  # fmt: skip
MARKERS = ("o", "s", "^", "D", "v", "P", "X")  # a second cue where lines meet
OWN = {"info_nce": 0, "align_uniform": 2, "gaussian_infomax": 1, "vicreg": 3}


def colours(names: Iterable[str]) -> dict[str, str]:
    """A colour for each name: its own if it has one, else the next that is free.

    >>> colours(["w_mse", "info_nce"])
    {'w_mse': '#d55e00', 'info_nce': '#0072b2'}
    """
    names = list(names)
    taken = {OWN[name] for name in names if name in OWN}
    free = [index for index in range(len(PALETTE)) if index not in taken]
    if len(names) > len(PALETTE):
        raise ValueError(
            f"`names` must be at most {len(PALETTE)}, got {len(names)}: more colours are not told "
            "apart. Draw several figures."
        )
    return {name: PALETTE[OWN[name] if name in OWN else free.pop(0)] for name in names}


def bare(axes: Axes) -> None:
    """Only the two spines that carry ticks."""
    axes.spines[["top", "right"]].set_visible(False)


def name_lines(
    axes: Axes, ends: Mapping[str, tuple[float, float]], ink: Mapping[str, str], *, size: float = 8
) -> None:
    """Write each name in its ink beside the end of its line, moved apart where they would meet."""
    figure = axes.get_figure(root=True)
    assert figure is not None  # axes that were drawn on have one
    figure.draw_without_rendering()
    scale = 72 / figure.dpi
    heights = {name: axes.transData.transform(end)[1] * scale for name, end in ends.items()}
    order = sorted(heights, key=heights.__getitem__)
    places = _apart([heights[name] for name in order], 1.25 * size)
    for name, place in zip(order, places, strict=True):
        lift = (6, place - heights[name])
        words: dict[str, Any] = {"textcoords": "offset points", "va": "center", "fontsize": size}
        axes.annotate(name, ends[name], lift, color=ink[name], annotation_clip=False, **words)


def svg(figure: Figure) -> bytes:
    """The drawing as a vector graphic: drawn twice, the same bytes."""
    buffer = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": "ssl_theory", "svg.fonttype": "path"}):
        figure.savefig(buffer, format="svg", metadata={"Date": None})
    return buffer.getvalue()


def _apart(heights: Sequence[float], least: float) -> list[float]:
    """The nearest heights in this order that are at least so far apart.

    >>> _apart([0.0, 0.0, 10.0], 2.0)
    [-1.0, 1.0, 10.0]
    """
    # What is left after subtracting the steps must not fall: pool neighbours into their mean.
    groups: list[tuple[float, int]] = []
    for index, height in enumerate(heights):
        groups.append((height - index * least, 1))
        while len(groups) > 1 and groups[-1][0] < groups[-2][0]:
            (a, m), (b, n) = groups[-2:]
            groups[-2:] = [((a * m + b * n) / (m + n), m + n)]
    pooled = np.repeat([level for level, _ in groups], [size for _, size in groups])
    return (pooled + least * np.arange(len(heights))).tolist()
