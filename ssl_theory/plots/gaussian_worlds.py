"""What slowness forces an encoder to know, and what is read off of Gaussian and other latents."""

from collections.abc import Mapping
from typing import Any

from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullFormatter
from numpy.typing import NDArray

from ssl_theory.plots.style import GREY, PALETTE, bare

__all__ = ["draw_gaussian_worlds"]

REACH = 4.0


def draw_gaussian_worlds(curves: Mapping[str, NDArray[Any]]) -> Figure:
    """The inequality (left), and the first latent as an affine map reads it off, in two worlds."""
    figure = Figure(figsize=(10.4, 3.4), layout="constrained")
    left, *panels = figure.subplots(1, 3)
    ends = 5e-4, 1.0
    left.loglog(ends, ends, color=GREY, linewidth=0.8)
    left.loglog(curves["allowed"], curves["unexplained"], "o", color=PALETTE[0], markersize=5)
    for axis in (left.xaxis, left.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda x, _: f"{x:g}"))
        axis.set_minor_formatter(NullFormatter())
    left.set(xlim=ends, ylim=ends, aspect="equal")
    left.set_xlabel("share that its slowness allows")
    left.set_ylabel("share of the encoder not explained")
    left.set_title("No run lies above the line", loc="left", fontsize=10)
    bare(left)
    for axes, name, ink in zip(panels, ("Gaussian", "Laplace"), PALETTE, strict=False):
        latent, readout = curves[name]
        axes.axline((0, 0), slope=1, color=GREY, linewidth=0.8)
        axes.plot(latent, readout, ".", color=ink, markersize=3, alpha=0.6)
        if name == "Laplace":
            places, values = curves["curve"]
            near = abs(places) < REACH
            axes.plot(places[near], values[near], color="black", linewidth=1, label="predicted")
            axes.legend(frameon=False, fontsize=8, loc="upper left")
        axes.set(xlim=(-REACH, REACH), ylim=(-REACH, REACH), aspect="equal")
        axes.set_xlabel("first latent")
        axes.set_title(f"{name} latents", loc="left", fontsize=10)
        bare(axes)
    panels[0].set_ylabel("read off by an affine map")
    return figure
