"""A coordinate of a film as a filter follows it, within its band."""

from collections.abc import Mapping
from typing import Any

from matplotlib.figure import Figure
from numpy.typing import NDArray

from ssl_theory.plots.style import PALETTE, bare

__all__ = ["draw_kalman_matching"]


def draw_kalman_matching(curves: Mapping[str, NDArray[Any]]) -> Figure:
    """One panel for each form, from ``FORM found`` and ``FORM band``; ``truth`` in both."""
    forms = [name.removesuffix(" found") for name in curves if name.endswith(" found")]
    figure = Figure(figsize=(4.2 * len(forms), 3.0), layout="constrained")
    panels = figure.subplots(1, len(forms), sharey=True, squeeze=False)[0]
    moment = curves["moment"]
    for axes, form, ink in zip(panels, forms, PALETTE, strict=False):
        found, half = curves[f"{form} found"][:, 0], curves[f"{form} band"][:, 0]
        axes.fill_between(
            moment, found - half, found + half, color=ink, alpha=0.25, lw=0,
            label="predicted 95 % band",
        )  # fmt: skip
        axes.plot(moment, found, color=ink, lw=1, label="read off the filter")
        axes.plot(moment, curves["truth"][:, 0], ".", color="black", ms=3, label="truth")
        axes.set_title(form, fontsize=10)
        axes.set_xlabel("moment")
        bare(axes)
    panels[0].set_ylabel("first coordinate of the place")
    low, high = panels[0].get_ylim()
    panels[0].set_ylim(low, high + 0.3 * (high - low))
    panels[0].legend(frameon=False, fontsize=8, loc="upper left", ncols=3, columnspacing=1)
    return figure
