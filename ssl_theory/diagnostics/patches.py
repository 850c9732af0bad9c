"""The neighbours of each item as seen from it, a few items at a time."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ssl_theory.diagnostics.neighbours import Duplicates, distinct_rows, nearest_neighbours

__all__ = ["over_patches", "patches"]

ENTRIES = 2**22  # of displacements, or of products of neighbours, at a time


def patches(
    z: Any, neighbours: int, *, duplicates: Duplicates = "refuse"
) -> Iterator[NDArray[np.float64]]:
    """Displacements ``(some items, neighbours, dimensions)``, nearest first; none is zero.

    >>> [block.ravel().tolist() for block in patches([[0.0], [1.0], [3.0]], 1)]
    [[1.0, -1.0, -2.0]]
    """
    z = distinct_rows(z, duplicates)
    _, indices = nearest_neighbours(z, neighbours)
    step = max(1, ENTRIES // (neighbours * max(z.shape[1], neighbours)))
    for start in range(0, len(z), step):
        rows = slice(start, start + step)
        yield z[indices[rows]] - z[rows, None]


def over_patches(
    statistic: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    z: Any,
    neighbours: int,
    *,
    fewest: int,
    duplicates: Duplicates = "refuse",
) -> NDArray[np.float64]:
    """A statistic of displacements of each item's neighbours, at least ``fewest``, of any unit.

    They are in units of their largest coordinate, so that no square overflows or vanishes.
    """
    if neighbours < fewest:
        raise ValueError(
            f"`neighbours` must be at least {fewest}, got {neighbours}: fewer have no shape to "
            "tell a dimension by. Use 20."
        )
    found = patches(z, neighbours, duplicates=duplicates)
    return np.concatenate([statistic(x / np.abs(x).max((1, 2), keepdims=True)) for x in found])
