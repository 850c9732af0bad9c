"""The way from a second latent to a function of the first, by two entropies."""

from collections.abc import Mapping
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from ssl_theory.plots.style import GREY, PALETTE, bare, name_lines

__all__ = ["draw_hermite_trap", "draw_way"]

INK = {"log det": PALETTE[1], "exact": PALETTE[0]}
TITLES = {
    "log det": "Log determinant: a curve, without z₂",
    "exact": "Nearest neighbours: both latents",
}


def draw_hermite_trap(curves: Mapping[str, NDArray[Any]]) -> Figure:
    """Losses on the way (left), and where training by each ended, coloured by the second latent."""
    figure = Figure(figsize=(10.4, 3.4), layout="constrained")
    left, *panels = figure.subplots(1, 3)
    draw_way(left, curves)
    for axes, name in zip(panels, INK, strict=True):
        z, latents = curves[f"{name} embedding"], curves[f"{name} latents"]
        drawn = axes.scatter(*z.T, c=latents[:, 1], cmap="cividis", s=6, vmin=-2.5, vmax=2.5)
        axes.set_title(TITLES[name], loc="left", fontsize=10)
        axes.set_xlabel("first dimension of the embedding")
        bare(axes)
    panels[0].set_ylabel("second dimension of the embedding")
    figure.colorbar(drawn, ax=panels[-1], label="second latent z₂")
    return figure


def draw_way(axes: Axes, curves: Mapping[str, NDArray[Any]]) -> None:
    """Changes of the loss by both entropies."""
    share, ends = curves["share"], {}
    axes.axhline(0, color=GREY, linewidth=0.8)
    for name, ink in INK.items():
        predicted = curves[f"{name} predicted"]
        axes.plot(share, predicted, color=ink, linewidth=1.5)
        axes.plot(share, curves[f"{name} measured"], "o", color=ink, markersize=3)
        ends[name] = (share[-1], predicted[-1])
    axes.set_xlabel("share q of He₂(z₁) in the second dimension")
    axes.set_ylabel("change of the loss (nats)")
    axes.set_title("Lines predicted, dots measured", loc="left", fontsize=10)
    bare(axes)
    name_lines(axes, ends, INK)
