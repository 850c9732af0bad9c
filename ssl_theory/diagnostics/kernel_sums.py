"""The sum of a Gaussian kernel over all pairs of items, a block of rows at a time."""

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import cdist

__all__ = ["gaussian_kernel_sum", "mean_squared_distance"]

ENTRIES = 2**22  # of the matrix of distances at a time


def gaussian_kernel_sum(y: NDArray[np.float64], sharpness: float) -> float:
    """Of ``exp(-sharpness |y_i - y_j|^2 / 2)`` over ordered pairs of different items.

    Distances are measured coordinate by coordinate, so that items that all but coincide do.

    >>> gaussian_kernel_sum(np.zeros((3, 2)), 1.0)
    6.0
    """
    n, total = len(y), 0.0
    step = max(1, ENTRIES // n)
    for start in range(0, n, step):
        squares = cdist(y[start : start + step], y, "sqeuclidean")
        total += float(np.exp(-sharpness / 2 * squares).sum())
    return total - n


def mean_squared_distance(z: NDArray[np.float64]) -> float:
    """Of pairs of different items: twice their total variance, so that no pair is formed.

    >>> mean_squared_distance(np.array([[0.0], [2.0], [4.0]]))
    8.0
    """
    return float(2 * z.var(axis=0, ddof=1).sum())
