"""Whether two representations agree on which items are far apart."""

from typing import Any

import numpy as np
from scipy.spatial.distance import pdist
from scipy.stats import rankdata

from ssl_theory.arrays import check_embeddings
from ssl_theory.diagnostics.same_items import centred_representations

__all__ = ["representational_similarity"]

DISTANCES = ("euclidean", "sqeuclidean", "cosine", "correlation", "cityblock")


def representational_similarity(z: Any, w: Any, *, distance: str = "correlation") -> float:
    """The rank correlation of the distances of all pairs of items: between -1 and 1.

    Representational similarity analysis with Spearman's coefficient; ``correlation`` distance,
    one less the correlation of two items across dimensions, is the paper's. Independent
    representations have mean 0. Units change nothing; translations and rotations change the
    ``correlation`` distance and not the ``euclidean`` one. Costs all pairs of items.
    [kriegeskorte2008representational]

    Parameters
    ----------
    z, w
        Embeddings ``(items, dimensions)`` of the same items; the dimensions may differ.
    distance
        ``correlation``, ``cosine``, ``euclidean``, ``sqeuclidean`` or ``cityblock``, of the
        embeddings as they are.

    Examples
    --------
    Three items on a line, and the same stretched at one end:

    >>> z, w = [[0.0], [1.0], [3.0]], [[0.0], [1.0], [9.0]]
    >>> round(representational_similarity(z, w, distance="euclidean"), 12)
    1.0
    """
    if distance not in DISTANCES:
        raise ValueError(
            f"`distance` must be one of {', '.join(DISTANCES)}, got {distance!r}. "
            "Use correlation if in doubt."
        )
    centred_representations(z, w, minimum=3)
    apart = [pdist(np.asarray(check_embeddings(x), np.float64), distance) for x in (z, w)]
    for name, distances in zip("zw", apart, strict=True):
        if not np.isfinite(distances).all() or np.ptp(distances) == 0:
            raise ValueError(
                f"`{name}` must have pairs of items at different {distance} distances, got equal "
                "or undefined ones: they have no order. Choose another distance."
            )
    one, other = (rankdata(distances) for distances in apart)
    return float(np.corrcoef(one, other)[0, 1])
