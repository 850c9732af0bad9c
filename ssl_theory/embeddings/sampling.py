"""A part of the items that stands for all of them."""

import numpy as np
from numpy.typing import NDArray

__all__ = ["drawn_rows"]


def drawn_rows(z: NDArray, count: int, *, seed: int) -> NDArray:
    """Rows of ``z`` drawn without replacement, in their order; all if there are no more.

    Arrays of one length give the same rows for the same seed, so partners stay partners.

    >>> drawn_rows(np.eye(9), 3, seed=0).sum(1).tolist()
    [1.0, 1.0, 1.0]
    """
    if count < 2:
        raise ValueError(f"`sample` must be at least 2 items, got {count}. Draw more.")
    if count >= len(z):
        return z
    rows = np.random.default_rng(seed).choice(len(z), count, replace=False, shuffle=False)
    return z[np.sort(rows)]
