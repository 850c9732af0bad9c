"""The dimension that the shortest tree through ever more items tells."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import linkage
from scipy.spatial.distance import pdist

from ssl_theory.arrays import check_embeddings

__all__ = ["tree_dimension", "tree_lengths"]


def tree_dimension(
    z: Any,
    *,
    power: float = 1.0,
    sizes: Sequence[int] | None = None,
    repeats: int = 5,
    seed: int = 0,
) -> float:
    r"""The intrinsic dimension, from how the shortest tree grows with the number of items.

    The sum of its edges to the power ``a`` grows as :math:`n^{(d - a)/d}` [steele1988growth];
    the slope ``s`` of its logarithm on that of ``n``, by least squares over subsamples, gives
    :math:`d = a / (1 - s)`. It sees the whole cloud, not neighbourhoods only; edges of the border
    bias it upwards. Infinite if the slope is 1 or more. Unchanged by isometries
    and units; copies of items lower it. Costs all pairs of items.

    Parameters
    ----------
    z
        Embeddings ``(items, dimensions)``. Equal items add edges of length zero.
    power
        The ``a`` above, positive.
    sizes
        Numbers of items to take; by default five, evenly in the logarithm from an eighth of all.
    repeats
        Subsamples of each size, without replacement; their sums are averaged.

    Examples
    --------
    On a line the tree is as long as the line, however many items:

    >>> z = np.random.default_rng(0).uniform(size=(2000, 1))
    >>> round(tree_dimension(z), 1)
    1.0
    """
    z = np.asarray(check_embeddings(z), np.float64)
    n = len(z)
    if not power > 0:
        raise ValueError(f"`power` must be positive, got {power}. Use 1.")
    chosen = [round(n / 8 ** (1 - j / 4)) for j in range(5)] if sizes is None else list(sizes)
    if len(set(chosen)) < 2 or min(chosen) < 2 or max(chosen) > n:
        raise ValueError(
            f"`sizes` must be two or more different numbers between 2 and {n} items, got {chosen}. "
            "Give more items."
        )
    generator = np.random.default_rng(seed)
    logs = []
    for size in chosen:
        drawn = (generator.choice(n, size, replace=False) for _ in range(repeats))
        total = np.mean([np.sum(tree_lengths(z[rows]) ** power) for rows in drawn])
        if not total > 0:
            raise ValueError(
                f"`z` must hold items that differ, got {size} equal ones: a tree of no length "
                "does not grow. Treat this as dimension 0."
            )
        logs.append(np.log(total))
    slope = np.polyfit(np.log(chosen), logs, 1)[0]
    return float(power / (1 - slope)) if slope < 1 else np.inf


def tree_lengths(z: Any) -> NDArray[np.float64]:
    """The edges of the shortest tree that connects the items, in increasing order.

    The distances at which clusters merge when the closest always do. Also the bars of
    zero-dimensional persistent homology.

    >>> tree_lengths([[0.0], [1.0], [3.0], [3.0]]).tolist()
    [0.0, 1.0, 2.0]
    """
    return linkage(pdist(np.asarray(check_embeddings(z), np.float64)), "single")[:, 2]
