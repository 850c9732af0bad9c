"""The law of the Epps-Pulley statistic where items are Gaussian."""

import numpy as np
from numpy.typing import NDArray

__all__ = ["epps_pulley_law", "weighted_chi_squares_sf"]

NODES = 24  # of the contour; the error falls as 3.9 to their number


def epps_pulley_law(
    *, standardised: bool = False, reach: float = 3.0, knots: int = 17
) -> NDArray[np.float64]:
    r"""The weights of independent chi-squares that the statistic is the sum of, largest first.

    Over Gaussian items the empirical characteristic function is off by a Gaussian process whose
    covariance is :math:`e^{-(s^2 + t^2)/2} (e^{st} - 1)`, its even part in the real and its odd
    part in the imaginary direction; two more terms of the series of :math:`e^{st}` go where each
    column is ``standardised`` first. The weights are the eigenvalues of that covariance at the
    knots of the quadrature. [henze1997bhep]

    The mean is exact for any number of items where nothing is standardised; the rest of the law
    is their limit for many.

    >>> weights = epps_pulley_law()
    >>> round(float(weights.sum()), 5), round(float((2 * weights @ weights) ** 0.5), 5)
    (1.05246, 0.96002)
    """
    t = np.linspace(0, reach, knots)
    ends = np.where((t == 0) | (t == reach), 0.5, 1.0)
    root = np.sqrt(2 * reach / (knots - 1) * ends * np.exp(-(t**2) / 2))
    scale = root * np.exp(-(t**2) / 2)
    product = np.outer(t, t)
    even, odd = np.cosh(product) - 1, np.sinh(product)
    if standardised:
        even, odd = even - product**2 / 2, odd - product
    weights = [np.linalg.eigvalsh(scale[:, None] * part * scale) for part in (even, odd)]
    return np.sort(np.concatenate(weights).clip(min=0))[::-1]


def weighted_chi_squares_sf(x: float, weights: NDArray[np.float64]) -> float:
    r"""The chance that a sum of independent chi-squares of one degree, so weighted, exceeds ``x``.

    The inverse Laplace transform of :math:`\prod_k (1 + 2 w_k s)^{-1/2} / s`, whose singularities
    lie on the negative axis, along Talbot's contour around it. [trefethen2006talbot]

    >>> round(weighted_chi_squares_sf(6.0, np.array([2.0, 2.0])) - float(np.exp(-1.5)), 10)
    0.0
    """
    if not x > 0:
        return 1.0
    angle = 2 * np.pi * (np.arange(NODES) + 0.5) / NODES - np.pi
    turn = 0.6407 * angle
    s = NODES * (0.5017 * angle / np.tan(turn) - 0.6122 + 0.2645j * angle)
    step = NODES * (0.5017 / np.tan(turn) - 0.5017 * turn / np.sin(turn) ** 2 + 0.2645j)
    transform = np.exp(-0.5 * np.log(1 + 2 * weights[:, None] * s / x).sum(0)) / s
    below = (np.exp(s) * transform * step).sum() / (1j * NODES)
    return float(np.clip(1 - below.real, 0, 1))
