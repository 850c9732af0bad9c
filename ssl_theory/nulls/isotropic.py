"""The spectrum of isotropic Gaussian items, exactly, at any size."""

from collections.abc import Callable

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.linalg import eigvalsh_tridiagonal

__all__ = ["isotropic_null", "isotropic_variances", "p_value"]


def isotropic_variances(degrees: int, dimensions: int, generator: Generator) -> NDArray[np.float64]:
    """One draw of the non-zero principal variances of isotropic noise, largest first.

    Householder reflections turn a Gaussian matrix into a bidiagonal one of independent chi
    variables with the same singular values: ``2 d`` random numbers stand for ``n d``, and the law
    is exact. ``degrees`` is ``n - 1`` for items whose mean is taken off. [dumitriu2002matrix]

    >>> isotropic_variances(9, 2, np.random.default_rng(0)).shape
    (2,)
    """
    if degrees < 1 or dimensions < 1:
        raise ValueError(
            f"`degrees` and `dimensions` must be at least 1, got {degrees} and {dimensions}. "
            "Give two items or more."
        )
    fewer, more = sorted((degrees, dimensions))
    own = generator.chisquare(more - np.arange(fewer))
    below = generator.chisquare(fewer - np.arange(1, fewer))
    diagonal = own + np.concatenate([[0.0], below])
    values = eigvalsh_tridiagonal(diagonal, np.sqrt(own[:-1] * below))
    return np.clip(values[::-1], 0, None) / degrees


def isotropic_null(
    statistic: Callable[[NDArray[np.float64]], float],
    degrees: int,
    dimensions: int,
    *,
    draws: int = 999,
    seed: int = 0,
) -> NDArray[np.float64]:
    """The statistic of that many independent draws of noise, in increasing order."""
    generator = np.random.default_rng(seed)
    values = [statistic(isotropic_variances(degrees, dimensions, generator)) for _ in range(draws)]
    return np.sort(values)


def p_value(found: float, null: NDArray[np.float64], *, larger: bool) -> float:
    """The chance that noise shows a statistic as large (or as small) as ``found``, or more so.

    ``found`` counts as one of the draws, so that the chance is never zero and the test never
    rejects more often than it says.

    >>> p_value(5.0, np.arange(1.0, 5.0), larger=True)
    0.2
    """
    beyond = np.sum(null >= found) if larger else np.sum(null <= found)
    return float((1 + beyond) / (1 + len(null)))
