"""How a loss came down to the least there is, and what the encoder made of the latents."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from ssl_theory.plots.style import GREY, PALETTE, bare

__all__ = ["draw_inversion"]

POINTS = 60  # of the loss, each a mean of several steps


def draw_inversion(curves: Mapping[str, NDArray[Any]]) -> Figure:
    """The loss (left); what is seen, and what is found of it, against the latents."""
    figure = Figure(figsize=(10.4, 3.4), layout="constrained")
    left, *panels = figure.subplots(1, 3)
    losses = curves["losses"]
    span = max(1, len(losses) // POINTS)
    means = np.array([losses[i : i + span].mean() for i in range(0, len(losses), span)])
    left.plot(span * (np.arange(len(means)) + 0.5), means, color=PALETTE[0], linewidth=1.5)
    least = float(curves["least loss"][0])
    left.axhline(least, color=GREY, linewidth=0.8, linestyle="--")
    left.annotate("-I + χ²/2n", (1, least), (-2, -3), xycoords=("axes fraction", "data"),
                  textcoords="offset points", ha="right", va="top", color=GREY,
                  fontsize=8)  # fmt: skip
    left.set_ylim(bottom=least - 0.12 * (means[0] - least))
    left.set_xlabel("step")
    left.set_ylabel("InfoNCE less log n (nats)")
    left.set_title(f"Loss, means of {span} steps", loc="left", fontsize=10)
    bare(left)
    latents = curves["latents"]
    for axes, name, words in zip(
        panels, ("identity", "trained"), ("What is seen", "What is found, turned"), strict=True
    ):
        for axis, ink in zip(range(latents.shape[1]), PALETTE, strict=False):
            axes.plot(latents[:, axis], curves[name][:, axis], ".", color=ink, markersize=3,
                      label=f"coordinate {axis + 1}")  # fmt: skip
        axes.axline((0, 0), slope=1, color=GREY, linewidth=0.8)
        axes.set(xlim=(-1.05, 1.05), ylim=(-1.05, 1.05), aspect="equal", xlabel="latent")
        axes.set_title(words, loc="left", fontsize=10)
        bare(axes)
    panels[0].set_ylabel("on the unit sphere")
    panels[1].legend(frameon=False, fontsize=8, loc="lower right", handletextpad=0)
    return figure
