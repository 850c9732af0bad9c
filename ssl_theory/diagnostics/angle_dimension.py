"""The dimension around each item that the angles between its neighbours tell."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ssl_theory.diagnostics.neighbours import Duplicates
from ssl_theory.diagnostics.patches import over_patches

__all__ = ["angle_dimensions"]


def angle_dimensions(
    z: Any, *, neighbours: int = 20, unbiased: bool = False, duplicates: Duplicates = "refuse"
) -> NDArray[np.float64]:
    r"""One over the mean squared cosine of two neighbours, seen from the item: ABID.

    Uniform directions in ``d`` dimensions have :math:`E \cos^2 = 1/d`. It is the participation
    ratio of the second moment of the directions in which neighbours lie, of every neighbourhood
    the :func:`~ssl_theory.diagnostics.vendi.rke_score` by cosine, and knows nothing of distances:
    another view than that of :func:`~ssl_theory.diagnostics.local_dimension.local_dimensions` of
    the same thing. [thordsen2022abid]

    As published a neighbour is paired with itself too, which makes it at most ``min(k, d)`` and
    biased low, to ``k d / (k + d - 1)`` of uniform directions; ``unbiased`` (the authors' RABID)
    only different ones are, the mean squared cosine is that of the population, and a value can
    exceed the dimension, or be infinite. Average inverses. An item at a border sees neighbours on
    one side, which lie in a cone, and *in many dimensions every item is at the border*: 1,000
    Gaussian items in 20 dimensions have 6 by angles, where distances have 15 and triangles 19.
    Unchanged by isometries and units. Costs all distances and ``n k^2 d``.

    >>> cross = [[0.0, 0.0], [1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]]
    >>> found = angle_dimensions(cross, neighbours=4), angle_dimensions(cross, neighbours=4,
    ...     unbiased=True)
    >>> [float(x[0]) for x in found]
    [2.0, 3.0]
    """

    def dimensions(apart: NDArray[np.float64]) -> NDArray[np.float64]:
        units = apart / np.linalg.norm(apart, axis=2, keepdims=True)
        k = units.shape[1]
        squares = np.square(units @ units.transpose(0, 2, 1)).sum((1, 2))
        if not unbiased:
            return k**2 / squares
        with np.errstate(divide="ignore"):  # all neighbours at right angles
            return k * (k - 1) / (squares - k).clip(min=0)

    return over_patches(dimensions, z, neighbours, fewest=2, duplicates=duplicates)
