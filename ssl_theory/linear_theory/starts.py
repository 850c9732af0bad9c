"""Where a descent should also start: encoders that theory proposes without a proof."""

import functools

import numpy as np
from numpy.typing import NDArray

from ssl_theory.alignment import Gaussian, MeanSquare
from ssl_theory.latent_distribution_matching import Objective, Uniformity
from ssl_theory.linear_theory.hinge import canonical_strengths, equal_diagonal, mixed_strengths
from ssl_theory.linear_theory.population import noise
from ssl_theory.uniformity import Hinge

__all__ = ["proposals"]

Matrix = NDArray[np.float64]


@functools.singledispatch
def proposals(
    uniformity: Uniformity, objective: Objective, rho: NDArray[np.float64], keep: int
) -> list[Matrix]:
    """Encoders ``(keep, len(rho))`` in canonical coordinates, good ones if there is luck."""
    return []


@proposals.register
def _(uniformity: Hinge, objective: Objective, rho: NDArray[np.float64], keep: int) -> list[Matrix]:
    isotropic = isinstance(objective.model, Gaussian | MeanSquare)
    if not isotropic or not uniformity.covariance_weight > 0:
        return []
    kept, m = rho[:keep], objective.entropies
    align, hinge = 1 / noise(objective.model, keep), m * uniformity.variance_weight
    mixed = mixed_strengths(kept, align, hinge, m * uniformity.covariance_weight, uniformity.floor)
    apart = canonical_strengths(kept, align, hinge, uniformity.floor)
    encoders = np.zeros((2, keep, len(rho)))
    encoders[0, :, :keep] = equal_diagonal(mixed) * np.sqrt(mixed)
    encoders[1, :, :keep] = np.diag(np.sqrt(apart))
    return list(encoders)
