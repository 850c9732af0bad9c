"""Several objectives on one pair of views, side by side."""

from collections.abc import Iterable, Mapping

import numpy as np
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from numpy.typing import ArrayLike, NDArray

from ssl_theory.latent_distribution_matching import Objective
from ssl_theory.linear_theory import Pencil, SpectralFilter, prediction
from ssl_theory.plots.filters import draw_filters, draw_powers

__all__ = ["compare", "comparison", "draw_comparison"]


def comparison(
    objectives: Iterable[Objective | SpectralFilter], pair: Pencil
) -> dict[str, NDArray[np.float64]]:
    """What each objective gives the canonical directions of a pair, with what the data give them.

    >>> from ssl_theory.linear_theory import pencil
    >>> from ssl_theory.objectives import spectral_contrastive, w_mse
    >>> columns = comparison([spectral_contrastive(), w_mse()], pencil([0.5, 0.25]))
    >>> {name: column.round(6).tolist() for name, column in columns.items()}
    ... # doctest: +NORMALIZE_WHITESPACE
    {'rho': [0.5, 0.25], 'variance': [1.0, 1.0],
     'spectral_contrastive': [0.5, 0.25], 'w_mse': [1.0, 1.0]}
    """
    # Directions have unit variance; per unit of length in the data it is this.
    variances = 1 / np.square(pair.directions).sum(0)
    found = {o.name: prediction(o, pair.covariance, pair.cross_covariance) for o in objectives}
    columns = {"rho": pair.autocorrelations, "variance": variances}
    return columns | {name: optimum.strengths for name, optimum in found.items()}


def compare(objectives: Iterable[Objective | SpectralFilter], pair: Pencil) -> Figure:
    """Their filters, and beside them which power of the data's variance these come to.

    Flat is what whitening does, at ``beta = 1`` of the powers ``M = S^beta``; falling more
    steeply than the data's own variance would be a ``beta`` below zero.
    """
    return draw_comparison(comparison(objectives, pair))


def draw_comparison(columns: Mapping[str, ArrayLike]) -> Figure:
    """Draw what :func:`comparison` found."""
    strengths = dict(columns)
    rho, variances = strengths.pop("rho"), strengths.pop("variance")
    figure = Figure(figsize=(9.6, 3.6), layout=ConstrainedLayoutEngine(wspace=0.16))
    left, right = figure.subplots(1, 2)
    draw_filters(left, rho, strengths)
    draw_powers(right, variances, strengths)
    return figure
