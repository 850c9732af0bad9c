r"""The functions of the latents that agree best between views, and how sure slowness is of them.

Of white embeddings ``h`` of ``d`` dimensions the distance between views is a Rayleigh quotient.
With :math:`\rho_1` the autocorrelation of the leading function ``f`` of each of ``d`` latents and
:math:`\rho_2 < \rho_1` that of all which come after them,

.. math::
    S = \tfrac1d E\lVert h - h'\rVert^2 \ge 2(1 - \rho_1), \qquad
    R^2(f \to h) \ge 1 - \frac{S - 2(1 - \rho_1)}{2(\rho_1 - \rho_2)},

whatever encoder ``h`` is. Of Gaussian latents ``f`` is the latent itself, and
:math:`\rho_k = \rho^k`. [klindt2026worldmodel]
"""

from typing import NamedTuple

import numpy as np
import scipy.linalg
from numpy.typing import NDArray

from ssl_theory.diagnostics.autocorrelations import canonical_autocorrelations
from ssl_theory.processes import LaplaceAutoregression

__all__ = [
    "Leading", "gaussian_leading", "laplace_leading", "leading_function", "least_r2", "slowness",
]  # fmt: skip

Matrix = NDArray[np.float64]


class Leading(NamedTuple):
    """The function of one latent that agrees best between views, and how nearly others do."""

    autocorrelation: float
    runner_up: float
    places: Matrix  # of the latent, evenly spaced
    values: Matrix  # of the function there, of variance one
    linear_r2: float  # how much of it is linear in the latent

    @property
    def least_slowness(self) -> float:
        """No white embeddings are slower than this."""
        return 2 * (1 - self.autocorrelation)

    def __call__(self, z: Matrix) -> Matrix:
        """The function of every latent; beyond the places it goes straight on."""
        inside = np.interp(z, self.places, self.values)
        ends = []
        for end, inner in ((0, 1), (-1, -2)):
            rise = (self.values[end] - self.values[inner]) / (self.places[end] - self.places[inner])
            ends.append(rise * (z - self.places[end]))
        below, above = z < self.places[0], z > self.places[-1]
        return np.asarray(inside + np.where(below, ends[0], 0.0) + np.where(above, ends[1], 0.0))


def leading_function(places: Matrix, joint: Matrix) -> Leading:
    """Of a latent on a grid, with the probabilities of every pair of places.

    Agreement of a function with itself sees a pair in either order, so probabilities are
    symmetrised. Places that are next to never visited are left out.

    >>> walk = np.array([[4.0, 1, 0], [1, 2, 1], [0, 1, 4]])
    >>> found = leading_function(np.array([-1.0, 0, 1]), walk)
    >>> round(found.autocorrelation, 12), round(found.runner_up, 12), round(found.linear_r2, 12)
    (0.8, 0.3, 1.0)
    """
    joint = (joint + joint.T) / (2 * joint.sum())
    kept = joint.sum(0) > 1e-13
    joint, places = joint[np.ix_(kept, kept)], places[kept]
    marginal = joint.sum(0)
    last = len(places) - 1
    values, vectors = scipy.linalg.eigh(
        joint / np.sqrt(np.outer(marginal, marginal)), subset_by_index=[last - 2, last]
    )
    function = vectors[:, 1] / np.sqrt(marginal)
    centred = places - marginal @ places
    slope = (marginal * function) @ centred / np.sqrt(marginal @ centred**2)
    rising = np.copysign(1.0, slope) * function
    return Leading(float(values[1]), float(values[0]), places, rising, float(slope**2))


def laplace_leading(persistence: float, reach: float = 14.0, places: int = 1201) -> Leading:
    """Of :class:`~ssl_theory.processes.LaplaceAutoregression`, by its densities on a grid."""
    world = LaplaceAutoregression(1, persistence, 2)
    grid = np.linspace(-reach, reach, places)
    before = np.exp(world.stationary_log_density(grid))
    after = np.exp(world.transition_log_density(grid[None, :], given=grid[:, None]))
    return leading_function(grid, before[:, None] * after)


def gaussian_leading(correlation: float) -> Leading:
    """The latent itself; what comes next is its square, or the product of two."""
    places = np.array([-1.0, 1.0])
    return Leading(correlation, correlation**2, places, places, 1.0)


def slowness(z: Matrix, w: Matrix) -> float:
    """The mean of ``(h - h')^2`` over dimensions of the embeddings made white.

    >>> z = np.array([[1.0], [-1.0], [2.0], [-2.0]])
    >>> round(slowness(5 * z, 5 * z), 12), round(slowness(z, -z), 12)
    (0.0, 4.0)
    """
    return float(2 * (1 - canonical_autocorrelations(z, w).values).mean())


def least_r2(excess: float, leading: Leading) -> float:
    """How much of white embeddings the leading functions explain at the least, if their slowness
    exceeds the least by ``excess``.

    >>> least_r2(0.05, gaussian_leading(0.5))
    0.9
    """
    return 1 - excess / (2 * (leading.autocorrelation - leading.runner_up))
