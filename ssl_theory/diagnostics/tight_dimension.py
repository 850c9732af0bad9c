"""The dimension around each item from all distances within its neighbourhood, not only its own."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ssl_theory.diagnostics.neighbours import Duplicates
from ssl_theory.diagnostics.patches import over_patches

__all__ = ["tight_dimensions"]


def tight_dimensions(
    z: Any, *, neighbours: int = 20, duplicates: Duplicates = "refuse"
) -> NDArray[np.float64]:
    r"""Minus one over the mean logarithm of all distances in a neighbourhood, over its radius: TLE.

    Hill's estimator for the ball around an item uses ``k`` distances. Balls around its neighbours
    would do as well, if they did not reach beyond what is known. So the ball, of radius ``r``, is
    shrunk towards neighbour ``i`` until neighbour ``j`` lies on its border, and the radius it then
    has is the distance from ``i`` to ``j``: in terms of their distances ``u`` from the item and
    ``v`` from each other,

    .. math::
        \frac{2 r v^2}{\sqrt{b^2 + 4 v^2 (r^2 - u_i^2)} + b}, \qquad b = u_i^2 + v^2 - u_j^2.

    Each ``j`` also counts reflected in the item, so that ``2 k^2`` logarithms stand for ``k``
    (distances from the item count twice, the radius among them): less variance with few
    neighbours. Where ``j`` is the reflection of ``i``, neither of the two distances counts. The
    bias is nearly that of a likelihood over ``k`` distances of which one is the radius: too high
    by a share of about ``1 / k``. [amsaleg2019tight]

    Unchanged by isometries and units. Costs all distances and ``n k^2 d``.

    >>> z = np.random.default_rng(0).uniform(size=(500, 2)) @ [[1.0, 2, 0], [0, 1, 3]]
    >>> bool(abs(1 / np.mean(1 / tight_dimensions(z)) - 2) < 0.1)
    True
    """
    return over_patches(_dimensions, z, neighbours, fewest=3, duplicates=duplicates)


def _dimensions(apart: NDArray[np.float64]) -> NDArray[np.float64]:
    k = apart.shape[1]
    squares = np.square(apart).sum(2)
    radius = squares.max(1, keepdims=True)
    logs = np.log(squares / radius).sum(1)  # of squares: twice each distance's own
    counted = np.full(len(apart), 2.0 * k**2)
    for i in range(k):
        near, others = squares[:, i : i + 1], np.arange(k) != i
        # Measured and not expanded: neighbours may all but coincide.
        here, reflected = (
            np.square(apart[:, i : i + 1] - sign * apart[:, others]).sum(2) for sign in (1, -1)
        )
        kept = reflected > 0  # one that another reflects has no distance: neither of the two counts
        counted -= 2 * (~kept).sum(1)
        for v in (here, reflected):
            b = near + v - squares[:, others]
            root = np.sqrt(b**2 + 4 * v * (radius - near))
            share = np.divide(2 * v, root + b, where=kept, out=np.ones_like(v))
            logs += np.log(share).sum(1)
    with np.errstate(divide="ignore"):  # all neighbours equally far, as in no finite dimension
        return -counted / logs
