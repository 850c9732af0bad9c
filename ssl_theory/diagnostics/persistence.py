"""How long the shortest tree through the items is: the persistence of their components."""

from typing import Any

import numpy as np

from ssl_theory.diagnostics.tree_dimension import tree_lengths

__all__ = ["total_persistence"]


def total_persistence(z: Any, *, power: float = 1.0, dimension: float | None = None) -> float:
    r"""The sum of the lengths to the power ``a`` of all bars of zero-dimensional homology.

    Balls that grow around the items merge when they are as large as an edge of the shortest tree
    that connects them all, so the bars are its edges, and no complex need be built. It grows with
    the number of items as :math:`n^{(d - a)/d}` in ``d`` dimensions [steele1988growth]: given a
    ``dimension``, the sum is divided by that, and settles at a number that depends on how evenly
    items are spread, larger the more so. Without, compare samples of equal size only. That is
    also the normalised tree of T-REGS, for unit rows in ``d - 1`` dimensions. [mordacq2025tregs]

    In units of length to the power ``a``; unchanged by isometries, and by duplicates (which add
    bars of no length) unless divided. On a unit interval the mean is :math:`(n - 1)/(n + 1)`, on a
    unit square some :math:`0.63 \sqrt n`. Costs all pairs of items.

    Parameters
    ----------
    z
        Embeddings ``(items, dimensions)``.
    power
        The ``a`` above, positive; at 1 the length of the tree.
    dimension
        The ``d`` above, at least ``a``; that of the items' manifold, not of the space.

    Examples
    --------
    >>> total_persistence([[0.0], [1.0], [3.0], [3.0]]), total_persistence([[0.0], [2.0]], power=2)
    (3.0, 4.0)
    """
    if not power > 0:
        raise ValueError(f"`power` must be positive, got {power}. Use 1.")
    if dimension is not None and not dimension >= power:
        raise ValueError(
            f"`dimension` must be at least the power {power}, got {dimension}: in fewer, longer "
            "edges dominate and the sum does not grow. Leave it out."
        )
    lengths = tree_lengths(z)
    total = float(np.sum(lengths**power))
    return total if dimension is None else total / (len(lengths) + 1) ** (1 - power / dimension)
