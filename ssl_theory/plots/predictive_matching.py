"""What a predictor covers, and what can then be read off the embedding."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from ssl_theory.plots.style import GREY, PALETTE, bare

__all__ = ["draw_predictive_matching"]

WORLDS = {"": "all latents foretold", "deficient ": "only the first foretold"}
LIMIT = 2.2


def draw_predictive_matching(curves: Mapping[str, NDArray[Any]]) -> Figure:
    """Deviations of predictions against the truth (left), and the second latent as read off."""
    figure = Figure(figsize=(10.4, 3.4), layout="constrained")
    left, *panels = figure.subplots(1, 3)
    index = np.arange(1, len(curves["deviations"]) + 1)
    for shift, (name, words), ink in zip((-0.2, 0.2), WORLDS.items(), PALETTE, strict=False):
        left.bar(index + shift, curves[f"{name}deviations"], 0.36, color=ink, label=words)
        truth = curves[f"{name}true deviations"]
        label = "truth" if name else None
        left.plot(index + shift, truth, "_", color="black", markersize=14, label=label)
    left.set_ylim(top=2.9)
    left.set_xticks(index)
    left.set_xlabel("principal direction of the predictions")
    left.set_ylabel("deviation, in units of the noise")
    left.legend(frameon=False, fontsize=8, loc="upper right")
    left.set_title("What predictions cover", loc="left", fontsize=10)
    bare(left)
    for axes, (name, words) in zip(panels, WORLDS.items(), strict=True):
        latents, readout = curves[f"{name}latents"], curves[f"{name}readout"]
        axes.axline((0, 0), slope=1, color=GREY, linewidth=0.8)
        drawn = axes.scatter(latents[:, 1], readout[:, 1], c=latents[:, 0], cmap="cividis", s=6)
        axes.set(xlim=(-LIMIT, LIMIT), ylim=(-LIMIT, LIMIT), aspect="equal")
        axes.set_xlabel("second latent")
        axes.set_title(words.capitalize(), loc="left", fontsize=10)
        bare(axes)
    panels[0].set_ylabel("read off by an affine map")
    figure.colorbar(drawn, ax=panels[-1], label="first latent")
    return figure
