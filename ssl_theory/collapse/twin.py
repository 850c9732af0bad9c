"""Gaussian items with the covariance of others, and how near items are to each other."""

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ssl_theory.collapse.grouping import centred
from ssl_theory.nulls.isotropic import isotropic_variances

__all__ = ["DRAWS", "ISOTROPIC", "anchors", "gaussian_twin", "nearest_distances", "noise_spectra"]

DRAWS = 399  # of a null: the least chance is 1 in 400, small enough to be corrected for ten tests
ISOTROPIC = "isotropic Gaussian items"

NEAREST = 1e-6  # of the root mean square distance: a matrix product resolves no smaller ones
ANCHORS = 512  # items whose neighbours are looked for, among all


def gaussian_twin(variances: ArrayLike, items: int, *, seed: int = 0) -> NDArray[np.float64]:
    r"""Items that have exactly these principal variances, and otherwise are Gaussian.

    Given their mean and covariance, Gaussian items are a frame drawn evenly among all those
    orthogonal to a constant, stretched along fixed axes. So whatever rotation does not change
    has, of twins drawn with other seeds, its exact law under "Gaussian, of any covariance": the
    covariance is sufficient, and nothing is left to estimate.

    Twins of slightly fewer items share their draws, and differ slightly.

    >>> twin = gaussian_twin([4.0, 1.0], 10)
    >>> (np.cov(twin.T).round(12) + 0.0).tolist()
    [[4.0, 0.0], [0.0, 1.0]]
    """
    variances = np.asarray(variances, np.float64)
    return _frame(items, len(variances), seed) * np.sqrt((items - 1) * variances)


def anchors(items: int) -> NDArray[np.intp]:
    """Of which items the nearest others are looked for: all, or 512 spaced evenly."""
    if items <= ANCHORS:
        return np.arange(items)
    return np.linspace(0, items - 1, ANCHORS).astype(np.intp)


def nearest_distances(z: NDArray, neighbours: int) -> NDArray[np.float64]:
    """To the nearest others of each item, ``(items, neighbours)``, in units of the mean square.

    Distances below a millionth of the root mean square distance count as that, so that a
    logarithm is finite where items coincide; of items that all coincide, all are 1. Those of
    the :func:`anchors`, to all.

    >>> nearest_distances(np.array([[0.0], [1.0], [3.0]]), 1).round(4).ravel().tolist()
    [0.4629, 0.4629, 0.9258]
    """
    n = len(z)
    z = centred(z)
    squares = np.square(z).sum(1)
    size = 2 * squares.sum() / (n - 1)  # the mean square of the distance of two items
    if not size:
        return np.ones((len(anchors(n)), neighbours))
    chosen = anchors(n)
    found = z[chosen] @ z.T
    found *= -2
    found += squares
    found += squares[chosen, None]
    found[np.arange(len(chosen)), chosen] = np.inf
    nearest = np.sort(np.partition(found, neighbours - 1, axis=1)[:, :neighbours], axis=1)
    return np.sqrt(np.maximum(nearest / size, NEAREST**2))


@lru_cache(maxsize=2)
def noise_spectra(items: int, dimensions: int, seed: int) -> tuple[NDArray[np.float64], ...]:
    """Principal variances of isotropic Gaussian items, drawn 399 times."""
    generator = np.random.default_rng(seed)
    return tuple(isotropic_variances(items - 1, dimensions, generator) for _ in range(DRAWS))


@lru_cache(maxsize=4)
def _frame(items: int, dimensions: int, seed: int) -> NDArray[np.float64]:
    draws = np.random.default_rng(seed).standard_normal((items, dimensions))
    frame, triangle = np.linalg.qr(draws - draws.mean(0))
    frame *= np.sign(np.diag(triangle))  # so that it moves little with the draws
    return frame
