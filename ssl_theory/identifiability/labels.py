"""Two ways to put the same items into groups."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ssl_theory.identifiability.score import Finding

__all__ = ["VALID_FOR", "contingency", "fewest_items", "several_groups"]


def contingency(labels: Any, clusters: Any) -> NDArray[np.int64]:
    """How many items each label shares with each cluster, both in sorted order.

    >>> contingency(["a", "a", "b"], [5, 5, 2]).tolist()
    [[0, 2], [1, 0]]
    """
    one, other = np.asarray(labels), np.asarray(clusters)
    if one.ndim != 1 or one.shape != other.shape or len(one) < 2:
        raise ValueError(
            "`labels` and `clusters` must each hold one name for every one of at least 2 items, "
            f"got shapes {one.shape} and {other.shape}. Take argmax(1) of scores first."
        )
    rows, columns = (np.unique(x, return_inverse=True)[1] for x in (one, other))
    width = int(columns.max()) + 1
    cells = np.bincount(rows * width + columns, minlength=(int(rows.max()) + 1) * width)
    return cells.reshape(-1, width)


def several_groups(table: NDArray[np.int64]) -> Finding:
    """Whether there are at least two labels and two clusters, and fewer than items.

    >>> several_groups(np.array([[3, 0], [0, 2]])).holds
    True
    """
    n = int(table.sum())
    holds = min(table.shape) > 1 and max(table.shape) < n
    return Finding(
        "several groups, not all of one item",
        holds,
        f"there are {table.shape[0]} labels and {table.shape[1]} clusters of {n} items.",
    )


def fewest_items(table: NDArray[np.int64], fewest: int = 5) -> Finding:
    """Whether every label has so many items.

    >>> fewest_items(np.array([[3, 0], [0, 2]])).holds
    False
    """
    least = int(table.sum(1).min())
    return Finding(
        f"at least {fewest} items a label",
        least >= fewest,
        f"the rarest label has {least} items ({fewest} are wanted).",
    )


VALID_FOR = (several_groups, fewest_items)
"""What agreement of groups needs to mean what it says, looked at on the table of counts."""
