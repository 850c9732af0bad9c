"""Powers of a positive semidefinite matrix, taken on its range."""

import math

import numpy as np
from numpy.typing import NDArray

__all__ = ["check_beta", "symmetric_power"]


def symmetric_power(matrix: NDArray[np.float64], beta: float) -> NDArray[np.float64]:
    """``matrix^beta`` on the range and zero off it, so that a negative power is a pseudo-inverse.

    >>> symmetric_power(np.diag([4.0, 0.0]), -0.5).tolist()
    [[0.5, 0.0], [0.0, 0.0]]
    """
    if beta == 1:
        return matrix.copy()
    values, axes = np.linalg.eigh(matrix)
    within = values > 16 * len(values) * np.finfo(np.float64).eps * values[-1]
    axes = axes[:, within]
    return axes * values[within] ** beta @ axes.T


def check_beta(beta: float) -> None:
    """Refuse a power that is no finite number."""
    if not math.isfinite(beta):
        raise ValueError(
            f"`beta` must be finite, got {beta}: 0 is PCA, 1 is whitening. Choose a value between."
        )
