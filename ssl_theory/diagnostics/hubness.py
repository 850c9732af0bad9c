"""Whether a few items are everybody's neighbours."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ssl_theory.arrays import check_embeddings
from ssl_theory.diagnostics.unit_rows import unit_rows

__all__ = ["hubness", "occurrences"]

BLOCK = 1024  # rows of the matrix of distances at a time


def hubness(z: Any, *, neighbours: int = 10, normalise: bool = True) -> float:
    r"""The skewness of how often items are among the nearest neighbours of others.

    Near 0 in few dimensions; it grows with the intrinsic dimension, as items near the mean become
    neighbours of most. Of isotropic Gaussian items at full length it is far above that of the
    same directions, which have no middle. [radovanovic2010hubs]

    Unchanged by rotation, and by the length of each item (``normalise``) or by translation and
    units (without). Duplicates are each other's neighbours and change it. Costs all distances.

    Parameters
    ----------
    z
        Embeddings ``(items, dimensions)``.
    neighbours
        How many count; 10 in the paper.
    normalise
        Whether neighbours are by cosine, as embeddings are compared, or by distance.

    Examples
    --------
    One item in the middle of many is the nearest of all:

    >>> star = np.vstack([np.eye(8), -np.eye(8), np.zeros((1, 8))])
    >>> round(hubness(star, neighbours=1, normalise=False), 2)
    3.73
    """
    counts = occurrences(z, neighbours=neighbours, normalise=normalise).astype(float)
    apart = counts - counts.mean()
    spread = apart.std()
    return float(np.mean(apart**3) / spread**3) if spread else 0.0


def occurrences(z: Any, *, neighbours: int = 10, normalise: bool = True) -> NDArray[np.intp]:
    """Among the nearest neighbours of how many others each item is; of equals, the first."""
    rows = unit_rows(z) if normalise else np.asarray(check_embeddings(z), np.float64)
    n = len(rows)
    if not 1 <= neighbours < n:
        raise ValueError(
            f"`neighbours` must lie between 1 and {n - 1}, the others there are, got {neighbours}. "
            "Use 10."
        )
    rows = rows if normalise else rows - rows.mean(0)
    squares, counts = np.square(rows).sum(1), np.zeros(n, np.intp)
    for start in range(0, n, BLOCK):
        block = rows[start : start + BLOCK]
        distances = squares - 2 * block @ rows.T  # less the item's own square, which orders nothing
        distances[np.arange(len(block)), np.arange(start, start + len(block))] = np.inf
        order = np.argsort(distances, axis=1, kind="stable")[:, :neighbours]
        counts += np.bincount(order.ravel(), minlength=n)
    return counts
