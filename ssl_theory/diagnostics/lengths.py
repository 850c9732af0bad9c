"""How long embeddings are, and how unequally."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from ssl_theory.arrays import check_embeddings

__all__ = ["Lengths", "gaussian_lengths", "lengths"]

NODES = 200  # of Gauss and Legendre
REACH = 10.0  # from the middle; the density is below 1e-21 of its height there


@dataclass(frozen=True)
class Lengths:
    """The law of the lengths of items, as far as four moments tell."""

    mean: float
    variation: float  # standard deviation over mean
    kurtosis: float  # in excess of a Gaussian's; 0 if all lengths are equal
    zero: int  # items without a direction


def lengths(z: Any) -> Lengths:
    r"""Moments of :math:`|z_i|` about the origin, dividing by ``n``.

    Unchanged by rotation; the mean alone changes with units. Compare with
    :func:`gaussian_lengths`: longer tails are what cosines throw away, and what makes estimates
    of the spectrum worse than their Gaussian errors say.

    >>> lengths([[3.0, 4.0], [0.0, 5.0], [0.0, 0.0]]).zero
    1
    """
    z = np.asarray(check_embeddings(z), np.float64)
    found = np.linalg.norm(z, axis=1)
    mean, spread = found.mean(), found.std()
    if spread <= 8 * np.finfo(np.float64).eps * mean:  # equal, but for rounding in the norms
        return Lengths(float(mean), 0.0, 0.0, int(np.sum(found == 0)))
    kurtosis = np.mean(((found - mean) / spread) ** 4) - 3
    return Lengths(float(mean), float(spread / mean), float(kurtosis), int(np.sum(found == 0)))


def gaussian_lengths(dimensions: int) -> Lengths:
    r"""The same of isotropic Gaussian items of variance 1: the chi law.

    >>> round(gaussian_lengths(1).mean ** 2 * np.pi, 12)
    2.0
    """
    # By quadrature: closed forms in gamma functions lose all digits in high dimension.
    middle, (nodes, weights) = dimensions**0.5, np.polynomial.legendre.leggauss(NODES)
    low, high = max(0.0, middle - REACH), middle + REACH
    r = (low + high) / 2 + (high - low) / 2 * nodes
    log_density = (dimensions - 1) * np.log(r / middle) - (r - middle) * (r + middle) / 2
    shares = weights * np.exp(log_density - log_density.max())
    shares /= shares.sum()
    mean = shares @ r
    variance, fourth = (shares @ (r - mean) ** power for power in (2, 4))
    return Lengths(float(mean), float(variance**0.5 / mean), float(fourth / variance**2 - 3), 0)
