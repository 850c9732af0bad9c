"""What representations tell of one block of latents, and what it tells of them."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from ssl_theory.plots.style import PALETTE, bare

__all__ = ["draw_blocks"]


def draw_blocks(curves: Mapping[str, NDArray[Any]]) -> Figure:
    """A group of bars for each of ``encoders``; behind style, the band that theory leaves it."""
    curves = dict(curves)
    encoders, (low, high) = curves.pop("encoders"), curves.pop("best")
    figure = Figure(figsize=(8.6, 3.4), layout="constrained")
    axes = figure.subplots()
    axes.axhspan(low, high, color="#dddddd", linewidth=0, label="what content tells of style")
    index, width = np.arange(len(encoders)), 0.8 / len(curves)
    shifts = (np.arange(len(curves)) - (len(curves) - 1) / 2) * width
    for shift, (name, values), ink in zip(shifts, curves.items(), PALETTE, strict=False):
        bars = axes.bar(index + shift, values, 0.92 * width, color=ink, label=name)
        axes.bar_label(bars, fmt="%.2f", fontsize=7, padding=1)
    axes.set_xticks(index, encoders)
    axes.tick_params(axis="x", length=0)
    axes.set_ylim(0, 1.08)
    axes.set_ylabel("share of variance explained")
    bare(axes)
    figure.legend(loc="outside lower center", ncols=4, frameon=False, fontsize=8)
    return figure
