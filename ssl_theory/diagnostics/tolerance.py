"""How alike the directions of items with the same label are."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ssl_theory.diagnostics.classes import classes
from ssl_theory.diagnostics.unit_rows import unit_rows

__all__ = ["tolerance", "tolerance_of_sums"]


def tolerance(z: Any, labels: ArrayLike, *, adjusted: bool = False) -> float:
    """The mean cosine of different items that share a label: between -1 and 1.

    An objective that spreads all items also spreads those that belong together; this is what is
    left. [wang2021understanding] A mean far from the origin makes it 1 whatever the labels:
    ``adjusted``, the mean cosine of items with different labels is taken off, and labels that
    mean nothing have 0 on average. Unchanged by rotation and by the length of each item.

    >>> z, labels = [[1.0, 0.0], [2.0, 0.0], [0.0, 1.0], [0.0, 3.0]], [0, 0, 1, 1]
    >>> tolerance(z, labels), tolerance(z, [0, 1, 0, 1]), tolerance(z, labels, adjusted=True)
    (1.0, 0.0, 1.0)
    """
    units = unit_rows(z)
    found = classes(units, labels)
    sums = (found.means + units.mean(0)) * found.counts[:, None]
    return tolerance_of_sums(sums, found.counts, adjusted=adjusted)


def tolerance_of_sums(
    sums: NDArray[np.float64], counts: NDArray[np.intp], *, adjusted: bool = False
) -> float:
    """The same from the sum of the directions of each class, ``(c, d)``, and their numbers.

    >>> tolerance_of_sums(np.array([[2.0, 0.0], [0.0, 2.0]]), np.array([2, 2]))
    1.0
    """
    # A sum over pairs is the squared length of a sum of items, less that of each with itself.
    squares = np.square(sums).sum()
    n, same = counts.sum(), np.sum(counts * (counts - 1))
    within = (squares - n) / same
    if not adjusted:
        return float(within)
    across = (np.square(sums.sum(0)).sum() - squares) / (n * (n - 1) - same)
    return float(within - across)
