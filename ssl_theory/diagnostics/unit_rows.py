"""Items brought to length 1: directions, on which most cosines and uniformities live."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ssl_theory.arrays import check_embeddings

__all__ = ["scaled_to_length_one", "unit_rows"]


def unit_rows(z: Any, name: str = "z") -> NDArray[np.float64]:
    """Each row divided by its length, or what is wrong with a row that has none.

    >>> unit_rows([[3.0, 4.0], [0.0, 1e-300]]).tolist()
    [[0.6, 0.8], [0.0, 1.0]]
    """
    z = np.asarray(check_embeddings(z, name), np.float64)
    largest = np.abs(z).max(1)
    if not largest.all():
        rows = np.flatnonzero(largest == 0)
        raise ValueError(
            f"`{name}` must have no zero rows, got {len(rows)} (the first is row {rows[0]}): "
            "a zero embedding has no direction. Drop them, or pass normalise=False."
        )
    return scaled_to_length_one(z, largest)


def scaled_to_length_one(
    z: NDArray[np.float64], largest: NDArray[np.floating]
) -> NDArray[np.float64]:
    """Rows over their lengths, through their ``largest`` entries: no square is lost."""
    z = z / largest[:, None]
    return z / np.linalg.norm(z, axis=1, keepdims=True)
