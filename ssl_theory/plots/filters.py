"""Spectral filters: what objectives give each direction, and whether metrics could."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter
from numpy.typing import ArrayLike

from ssl_theory.plots.style import GREY, MARKERS, bare, colours, name_lines

__all__ = ["draw_filters", "draw_powers"]

GUIDES = {0: "β = 1, whitening", 1: "β = 0, PCA", 2: "β = −1"}


def draw_filters(axes: Axes, rho: ArrayLike, strengths: Mapping[str, ArrayLike]) -> None:
    """Each objective's variance along the canonical directions, over its largest."""
    rho, ink = np.asarray(rho), colours(strengths)
    order = np.argsort(rho)
    for marker, (name, values) in zip(MARKERS, _shares(strengths).items(), strict=False):
        (line,) = axes.plot(rho[order], values[order], color=ink[name], linewidth=1.5)
        line.set(marker=marker, markersize=4)
    first = order[0]
    ends = {name: (rho[first], values[first]) for name, values in _shares(strengths).items()}
    axes.invert_xaxis()
    axes.set_ylim(-0.04, 1.06)
    bare(axes)
    axes.set_xlabel("canonical autocorrelation ρ of the direction")
    axes.set_ylabel("variance in the embedding")
    axes.set_title("What each gives the canonical directions", loc="left", fontsize=10)
    name_lines(axes, ends, ink)


def draw_powers(axes: Axes, variances: ArrayLike, strengths: Mapping[str, ArrayLike]) -> None:
    """The same against the variance the direction has in the data, beside three powers of it.

    The optimum of ``M = S^beta`` gives a direction its variance to the power ``1 - beta``.
    """
    variances, ink = np.asarray(variances), colours(strengths)
    order = np.argsort(-variances)
    top = variances[order[0]]
    ends = {}
    for power in (0, 1, 2):
        guide = (variances[order] / top) ** power
        axes.loglog(variances[order], guide, color=GREY, linewidth=0.8, linestyle="--", zorder=0)
        ends[GUIDES[power]] = (variances[order[-1]], guide[-1])
    for marker, (name, values) in zip(MARKERS, _shares(strengths).items(), strict=False):
        values = values / values[order[0]] if values[order[0]] > 0 else values
        kept = values[order] > 1e-6
        x, y = variances[order][kept], values[order][kept]
        (line,) = axes.loglog(x, y, color=ink[name], linewidth=1.5)
        line.set(marker=marker, markersize=4)
    axes.invert_xaxis()
    bare(axes)
    axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{x:g}"))
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.set_xlabel("variance of the direction in the data")
    axes.set_ylabel("variance in the embedding")
    axes.set_title("As powers of the data's own variance", loc="left", fontsize=10)
    name_lines(axes, ends, dict.fromkeys(ends, GREY))


def _shares(strengths: Mapping[str, ArrayLike]) -> dict[str, np.ndarray]:
    arrays = {name: np.asarray(values, dtype=float) for name, values in strengths.items()}
    return {name: values / (values.max() or 1.0) for name, values in arrays.items()}
