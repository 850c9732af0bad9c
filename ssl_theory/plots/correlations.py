"""Which latent each dimension of a representation correlates with."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

__all__ = ["draw_correlations"]


def draw_correlations(curves: Mapping[str, NDArray[Any]]) -> Figure:
    """A panel for each matrix of absolute correlations, ``(latents, dimensions)``."""
    figure = Figure(figsize=(1.0 + 1.9 * len(curves), 2.6), layout="constrained")
    panels = np.atleast_1d(figure.subplots(1, len(curves)))
    for axes, (name, matrix) in zip(panels, curves.items(), strict=True):
        drawn = axes.imshow(matrix, cmap="cividis", vmin=0, vmax=1)
        for (row, column), value in np.ndenumerate(matrix):
            ink = "black" if value > 0.6 else "white"
            axes.text(column, row, f"{value:.2f}", ha="center", va="center", color=ink, fontsize=8)
        latents, dimensions = matrix.shape
        axes.set_xticks(range(dimensions), [str(k + 1) for k in range(dimensions)])
        axes.set_yticks(range(latents), [str(k + 1) for k in range(latents)])
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        axes.set_title(name, fontsize=9)
        axes.set_xlabel("dimension")
    panels[0].set_ylabel("latent")
    figure.colorbar(drawn, ax=list(panels), label="absolute correlation", shrink=0.8)
    return figure
