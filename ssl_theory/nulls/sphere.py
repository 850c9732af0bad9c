"""Directions without preference: uniform on the sphere."""

import numpy as np
from scipy.special import gammaln
from scipy.stats import chi2

from ssl_theory.bessel import log_bessel

__all__ = ["bingham_p_value", "gaussian_uniformity", "rayleigh_p_value", "sphere_uniformity"]


def sphere_uniformity(dimensions: int, t: float = 2.0) -> float:
    r"""The uniformity :math:`\log E \exp(-t |u - v|^2)` of independent uniform directions.

    :math:`-2t + \log {}_0F_1(; d/2; t^2)`, written with a Bessel function: from above down to
    ``-2t`` as dimensions grow.

    >>> round(sphere_uniformity(16), 5), round(sphere_uniformity(128), 5)
    (-3.51304, -3.93753)
    """
    order = dimensions / 2 - 1
    log_mean = gammaln(dimensions / 2) - order * np.log(t) + log_bessel(order, 2 * t)
    return float(-2 * t + log_mean)


def gaussian_uniformity(variances: np.ndarray, t: float = 2.0) -> float:
    r"""The same of independent Gaussian items with these principal variances, lengths kept.

    :math:`-\tfrac12 \sum_a \log(1 + 4 t \lambda_a)`.

    >>> round(gaussian_uniformity(np.array([0.25])), 6)
    -0.549306
    """
    return float(-np.log1p(4 * t * np.asarray(variances, float)).sum() / 2)


def rayleigh_p_value(mean_square: float, items: int, dimensions: int) -> float:
    """The chance that uniform directions have a mean of squared length ``mean_square`` or more.

    ``n d |mean|^2`` is chi-squared with ``d`` degrees of freedom, in the limit of many items.
    """
    return float(chi2.sf(items * dimensions * mean_square, dimensions))


def bingham_p_value(second_moment_square: float, items: int, dimensions: int) -> float:
    """The chance that the second moment ``M`` of uniform directions has ``tr M^2`` this large.

    ``n d (d + 2) / 2 (tr M^2 - 1 / d)`` is chi-squared with ``(d - 1)(d + 2) / 2`` degrees of
    freedom, in the limit of many items. [bingham1974antipodally]
    """
    d = dimensions
    found = items * d * (d + 2) / 2 * (second_moment_square - 1 / d)
    return float(chi2.sf(found, (d - 1) * (d + 2) / 2))
