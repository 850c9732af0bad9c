"""Which dimension of the representation stands for which latent, all of them at once."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

__all__ = ["UNMATCHED", "best_matching", "matched"]

UNMATCHED = -1


def best_matching(similarity: NDArray[np.float64]) -> NDArray[np.intp]:
    """For every row its column, no column twice, such that the sum of entries is largest.

    With fewer columns than rows, some rows get :data:`UNMATCHED`. The best column of every row by
    itself would take columns twice and overstate. [kuhn1955hungarian]

    >>> best_matching(np.array([[0.9, 0.8], [0.8, 0.1]])).tolist()
    [1, 0]
    """
    found = np.full(len(similarity), UNMATCHED, np.intp)
    rows, columns = linear_sum_assignment(similarity, maximize=True)
    found[rows] = columns
    return found


def matched(matrix: NDArray[np.float64], matching: NDArray[np.intp]) -> NDArray[np.float64]:
    """The entry of every row at its column, 0 where it has none.

    >>> matched(np.array([[3.0], [5.0]]), np.array([UNMATCHED, 0])).tolist()
    [0.0, 5.0]
    """
    entries = matrix[np.arange(len(matrix)), matching]
    return np.where(matching == UNMATCHED, 0.0, entries)
