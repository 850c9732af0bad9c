"""The nearest other items, at their exact distances, and what to do about items that coincide."""

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from ssl_theory.arrays import check_embeddings

__all__ = ["Duplicates", "distinct_rows", "nearest_neighbours"]

ENTRIES = 2**22  # of the matrix of distances, and of differences of items, at a time

Duplicates = Literal["refuse", "drop"]


def nearest_neighbours(z: Any, neighbours: int) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Distances ``(items, neighbours)`` in increasing order, and whose they are.

    A matrix product finds who may be near. Its distances have lost all digits where items all but
    coincide, so those within its error are measured again, coordinate by coordinate: distances
    are exact, and zero only between equal items. Of equals, the first comes first.

    >>> distances, indices = nearest_neighbours([[0.0], [1.0], [3.0]], 1)
    >>> distances.ravel().tolist(), indices.ravel().tolist()
    ([1.0, 1.0, 2.0], [1, 0, 1])
    """
    z = np.asarray(check_embeddings(z), np.float64)
    n, d = z.shape
    if not 1 <= neighbours < n:
        raise ValueError(
            f"`neighbours` must lie between 1 and {n - 1}, the others there are, got "
            f"{neighbours}. Give more items, or ask for fewer."
        )
    z = z - z.mean(0)
    squares = np.square(z).sum(1)
    error = 4 * (d + 4) * np.finfo(np.float64).eps * squares.max()
    distances, indices = np.empty((n, neighbours)), np.empty((n, neighbours), np.intp)
    rows = max(1, ENTRIES // n)
    for start in range(0, n, rows):
        block = z[start : start + rows]
        here = np.arange(len(block))
        found = squares[start : start + rows, None] + squares - 2 * block @ z.T
        found[here, start + here] = np.inf
        limit = np.partition(found, neighbours - 1, axis=1)[:, neighbours - 1 : neighbours]
        item, other = np.nonzero(found <= limit + 2 * error)
        exact = _squared_distances(z, start + item, other)
        order = np.lexsort((exact, item))
        first = np.searchsorted(item, here)[:, None] + np.arange(neighbours)
        distances[start : start + rows] = np.sqrt(exact[order][first])
        indices[start : start + rows] = other[order][first]
    return distances, indices


def distinct_rows(z: Any, duplicates: Duplicates) -> NDArray[np.float64]:
    """The items if no two are equal; if some are, one of each (``drop``), or what is wrong.

    >>> distinct_rows([[1.0], [0.0], [1.0]], "drop").ravel().tolist()
    [0.0, 1.0]
    """
    if duplicates not in ("refuse", "drop"):
        raise ValueError(
            f'`duplicates` must be "refuse" or "drop", got {duplicates!r}. '
            "Drop them if they are copies and not a collapse."
        )
    z = np.asarray(check_embeddings(z), np.float64)
    once = np.unique(z, axis=0)
    if len(once) == len(z):
        return z
    if duplicates == "refuse":
        raise ValueError(
            f"`z` must hold distinct items, got {len(z) - len(once)} that equal another: the "
            'logarithm of no distance is infinite. Pass duplicates="drop" to take one of each.'
        )
    return once


def _squared_distances(
    z: NDArray[np.float64], one: NDArray[np.intp], other: NDArray[np.intp]
) -> NDArray[np.float64]:
    step = max(1, ENTRIES // z.shape[1])
    pieces = [
        np.square(z[one[i : i + step]] - z[other[i : i + step]]).sum(1)
        for i in range(0, len(one), step)
    ]
    return np.concatenate(pieces)
