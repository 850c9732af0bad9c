"""The spectrum of one noise covariance in units of another: groups that differ in nothing."""

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.linalg import svdvals

from ssl_theory.nulls.tracy_widom import tracy_widom_cdf, tracy_widom_quantile

__all__ = ["largest_ratio", "largest_ratio_p_value", "noise_ratios"]


def noise_ratios(
    between: int, within: int, dimensions: int, generator: Generator
) -> NDArray[np.float64]:
    r"""One draw of the eigenvalues of :math:`S_w^{-1} S_b` where nothing differs, largest first.

    The two are covariances of the same Gaussian, of ``between`` and ``within`` degrees of freedom.
    A Jacobi ensemble is the square of a bidiagonal matrix of beta variables, so ``2 d`` random
    numbers draw it exactly. [edelman2008jacobi]

    >>> noise_ratios(9, 90, 3, np.random.default_rng(0)).shape
    (3,)
    """
    _check(between, within, dimensions)
    # With fewer groups than dimensions the groups are what spans, and the roles are exchanged.
    size, other = sorted((between, dimensions))
    rest = between + within - other
    rows, inner = np.arange(size, 0, -1), np.arange(size - 1, 0, -1)
    a, b = other - size, rest - size
    outer_squares = generator.beta((a + rows) / 2, (b + rows) / 2)
    inner_squares = generator.beta(inner / 2, (a + b + 1 + inner) / 2)
    cosine, sine = np.sqrt(outer_squares), np.sqrt(1 - outer_squares)
    matrix = np.diag(cosine)
    matrix[1:, 1:] *= np.sqrt(1 - inner_squares)
    matrix -= np.diag(sine[:-1] * np.sqrt(inner_squares), 1)
    shares = np.clip(svdvals(matrix), 0, 1) ** 2
    return shares / (1 - shares) * (within / between)


def largest_ratio(between: int, within: int, dimensions: int, *, level: float = 0.01) -> float:
    r"""What the largest eigenvalue of :math:`S_w^{-1} S_b` exceeds by chance, at this ``level``.

    The logarithm of the odds of the largest share :math:`B (B + W)^{-1}` of noise, centred and
    scaled, follows Tracy and Widom's law at second order. [johnstone2008jacobi] With many more
    items than dimensions the edge is that of Marchenko and Pastur, :math:`(1 + \sqrt\gamma)^2`:

    >>> round(largest_ratio(4 * 10**6, 4 * 10**10, 10**6), 2)
    2.25
    """
    centre, scale = _log_odds(between, within, dimensions)
    log_odds = centre + scale * tracy_widom_quantile(1 - level)
    return float(np.exp(log_odds) * within / between)


def largest_ratio_p_value(ratio: float, between: int, within: int, dimensions: int) -> float:
    r"""The chance that the largest eigenvalue of :math:`S_w^{-1} S_b` of noise is this large.

    >>> edge = largest_ratio(99, 900, 30, level=0.01)
    >>> round(largest_ratio_p_value(edge, 99, 900, 30), 12)
    0.01
    """
    centre, scale = _log_odds(between, within, dimensions)
    if not ratio > 0:
        return 1.0
    return 1 - tracy_widom_cdf((np.log(ratio * between / within) - centre) / scale)


def _log_odds(between: int, within: int, dimensions: int) -> tuple[float, float]:
    """The centre and the scale of the logarithm of the odds of the largest share."""
    _check(between, within, dimensions)
    total = between + within - 1
    first, second = (
        2 * np.arcsin(((count - 0.5) / total) ** 0.5) for count in sorted((between, dimensions))
    )
    spread = np.sin(first + second) ** 2 * np.sin(first) * np.sin(second)
    scale = (16 / (total**2 * spread)) ** (1 / 3)
    return float(2 * np.log(np.tan((first + second) / 2))), float(scale)


def _check(between: int, within: int, dimensions: int) -> None:
    if between < 1 or dimensions < 1:
        raise ValueError(
            f"`between` and `dimensions` must be at least 1, got {between} and {dimensions}. "
            "Give two groups or more."
        )
    if within < dimensions:
        raise ValueError(
            f"`within` must be at least the {dimensions} dimensions, got {within} degrees of "
            "freedom: the covariance within groups is singular. Give more views, or fewer "
            "dimensions."
        )
