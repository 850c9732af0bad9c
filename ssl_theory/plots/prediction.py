"""One objective's prediction: its filter, and the spectrum of its embedding."""

import numpy as np
from matplotlib.figure import Figure

from ssl_theory.linear_theory import Optimum
from ssl_theory.plots.style import GREY, bare, colours

__all__ = ["draw_prediction"]


def draw_prediction(optimum: Optimum) -> Figure:
    """What the objective gives each direction (left), and the embedding's spectrum (right)."""
    figure = Figure(figsize=(7.2, 3.2), layout="constrained")
    left, right = figure.subplots(1, 2)
    (ink,) = colours([optimum.name]).values()
    rho, strengths = optimum.pencil.autocorrelations, optimum.strengths
    known = optimum.filter
    if known is not None and not known.of_cross_covariance:
        reach = np.linspace(min(rho.min(), -0.5), min(rho.max() + 0.02, 0.999), 400)
        left.plot(reach, known(reach), color=ink, linewidth=1.5)
        if known.least > -1:
            left.axvline(known.least, color=GREY, linewidth=0.8, linestyle="--")
            said = {"textcoords": "offset points", "color": GREY, "fontsize": 8, "va": "top"}
            left.annotate(f"lost below {known.least:.3g}", (known.least, 0.98), (-4, 0),
                          xycoords=("data", "axes fraction"), ha="right", **said)  # fmt: skip
    left.plot(rho, strengths, "o", color=ink, clip_on=False)
    left.set_xlabel("canonical autocorrelation ρ")
    left.set_ylabel("variance s(ρ) in the embedding")
    index = np.arange(1, len(optimum.spectrum) + 1)
    right.bar(index, optimum.spectrum, color=ink, width=0.7)
    right.set_xticks(index)
    right.set_xlabel("dimension of the embedding, by variance")
    right.set_ylabel("eigenvalue of its covariance")
    rank = f"{optimum.effective_rank():.3g} of {len(index)}"
    left.set_title(f"{optimum.name}: {optimum.route.value}", loc="left", fontsize=9)
    right.set_title(f"effective rank {rank}", loc="left", fontsize=9)
    for axes in (left, right):
        axes.set_ylim(bottom=0)
        bare(axes)
    return figure
