"""The law of the largest variance of isotropic noise."""

from functools import cache

import numpy as np
from scipy.optimize import brentq
from scipy.special import airy

__all__ = [
    "largest_variance_p_value",
    "standardised_largest",
    "tracy_widom_cdf",
    "tracy_widom_quantile",
]

NODES = 60  # of Gauss and Legendre: beyond 40 the determinant no longer changes
REACH = 20.0  # past it the Airy function is below 1e-27


def tracy_widom_cdf(s: float) -> float:
    r"""The Tracy-Widom law of real matrices, :math:`\beta = 1`.

    It is the Fredholm determinant :math:`\det(1 - B_s)` of the kernel
    :math:`\mathrm{Ai}(x + y + s)` on the half-line, taken at the nodes of a quadrature, which
    converges faster than any power of their number. [ferrari2005determinantal]
    [bornemann2010numerical]

    >>> round(tracy_widom_cdf(0.9793), 4)
    0.95
    """
    if s > REACH:
        return 1.0
    if s < -REACH:
        return 0.0
    x, weights = np.polynomial.legendre.leggauss(NODES)
    reach = (REACH - min(s, 0.0)) / 2
    x, weights = reach * (x + 1), reach * weights
    root = np.sqrt(weights)
    kernel = airy(x[:, None] + x + s)[0] * root[:, None] * root
    return float(np.clip(np.linalg.det(np.eye(NODES) - kernel), 0, 1))


@cache
def tracy_widom_quantile(p: float) -> float:
    """The inverse of :func:`tracy_widom_cdf`.

    >>> round(tracy_widom_quantile(0.99), 3)
    2.023
    """
    if not 1e-9 <= p <= 1 - 1e-9:
        raise ValueError(f"`p` must lie between 1e-9 and 1 - 1e-9, got {p}. Use a milder level.")
    return float(brentq(lambda s: tracy_widom_cdf(s) - p, -10, 15, xtol=1e-12))


def standardised_largest(largest: float, degrees: int, dimensions: int) -> float:
    """The largest variance of a covariance of noise of variance 1, centred and scaled.

    With both counts lowered by one half, the Tracy-Widom law is met at second order.
    [johnstone2001largest] [ma2012accuracy]
    """
    n, d = (count - 0.5 for count in (degrees, dimensions))
    root = n**0.5 + d**0.5
    return (largest * degrees - root**2) / (root * (n**-0.5 + d**-0.5) ** (1 / 3))


def largest_variance_p_value(largest: float, degrees: int, dimensions: int) -> float:
    """The chance that Gaussian noise of variance 1 shows a direction as strong as this."""
    return 1 - tracy_widom_cdf(standardised_largest(largest, degrees, dimensions))
