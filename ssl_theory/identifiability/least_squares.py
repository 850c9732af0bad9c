"""Linear prediction with an intercept, and how much of the variance it explains."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ssl_theory.identifiability.columns import varies

__all__ = ["AffineMap", "best_affine_map", "in_sample_r_squared", "r_squared"]


Matrix = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class AffineMap:
    """``x -> x @ matrix + offset``."""

    matrix: Matrix
    offset: NDArray[np.float64]

    def __call__(self, x: Matrix) -> Matrix:
        return x @ self.matrix + self.offset


def best_affine_map(x: Matrix, y: Matrix) -> AffineMap:
    """The one from ``x`` to ``y`` of least squared error, and the smallest of those.

    Directions of ``x`` that vary by no more than rounding are not used.

    >>> found = best_affine_map(np.array([[0.0], [1.0], [2.0]]), np.array([[1.0], [3.0], [5.0]]))
    >>> found.matrix.round(12).tolist(), found.offset.round(12).tolist()
    ([[2.0]], [1.0])
    """
    middle = x.mean(0)
    scale = np.where(varies(x), np.ptp(x, axis=0), np.inf)
    units = (x - middle) / scale
    matrix = np.linalg.lstsq(units, y - y.mean(0), rcond=1e-10)[0] / scale[:, None]
    return AffineMap(matrix, y.mean(0) - middle @ matrix)


def r_squared(truth: Matrix, predicted: Matrix) -> NDArray[np.float64]:
    """One less the squared error of each column over that of its own mean; NaN for a constant.

    1 where the prediction is right, 0 where it is as good as the mean, below 0 where it is worse.

    >>> r_squared(np.array([[0.0], [2.0]]), np.array([[1.0], [1.0]])).tolist()
    [0.0]
    """
    living = varies(truth)
    spread = np.where(living, np.square(truth - truth.mean(0)).sum(0), 1.0)
    error = np.square(truth - predicted).sum(0)
    return np.where(living, 1 - error / spread, np.nan)


def in_sample_r_squared(x: Matrix, y: Matrix) -> NDArray[np.float64]:
    """Of the best affine map of ``x``, on the items it was fitted to: rank / (n - 1) by chance."""
    return r_squared(y, best_affine_map(x, y)(x))
