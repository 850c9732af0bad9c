"""What any objective makes of a pair: in closed form, numerically, or by training on draws."""

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from ssl_theory.latent_distribution_matching import Objective
from ssl_theory.linear_theory.optimum import Optimum, Route, optimum, optimum_on_pairs
from ssl_theory.linear_theory.pencil import pencil
from ssl_theory.linear_theory.spectral_filter import SpectralFilter
from ssl_theory.processes.gaussian_pairs import GaussianPairs
from ssl_theory.symmetries import Symmetry

__all__ = ["prediction"]


def prediction(
    objective: Objective | SpectralFilter,
    covariance: ArrayLike,
    cross_covariance: ArrayLike | None = None,
    *,
    keep: int | None = None,
    items: int = 1000,
    seed: int = 0,
) -> Optimum:
    """The optimum, by the best route there is; ``route`` says which.

    Where not even the population loss is known, an encoder is trained on ``items`` pairs drawn
    with this pencil. If length does not matter to the objective, the embedding is given a total
    variance of one.

    >>> from ssl_theory.objectives import gaussian_infomax, info_nce
    >>> for make in (gaussian_infomax, info_nce):
    ...     print(prediction(make(), [0.9, 0.0], items=50, keep=1).route.value)
    closed form
    numerical, on pairs drawn
    """
    try:
        return optimum(objective, covariance, cross_covariance, keep=keep, seed=seed)
    except LookupError:
        assert isinstance(objective, Objective)  # a filter has a closed form
    pair = pencil(covariance, cross_covariance)
    rho = tuple(pair.autocorrelations)
    draws = GaussianPairs((1.0,) * len(rho), rho).draw(items, seed)
    found = optimum_on_pairs(objective, *draws, keep=keep or len(rho), seed=seed)
    encoder = found.encoder @ pair.directions.T
    if Symmetry.SCALE in objective.symmetries:
        encoder = encoder / np.sqrt(np.trace(encoder @ pair.covariance @ encoder.T))
    return replace(found, encoder=encoder, pencil=pair, route=Route.DRAWN)
