"""The dimension around each item that the mean distance of its neighbours tells."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ssl_theory.diagnostics.neighbours import Duplicates, distinct_rows, nearest_neighbours

__all__ = ["moment_dimensions"]


def moment_dimensions(
    z: Any, *, neighbours: int = 20, last: bool = True, duplicates: Duplicates = "refuse"
) -> NDArray[np.float64]:
    r""":math:`m / (r_k - m)` with the mean ``m`` of the distances of the neighbours of each item.

    Where items are spread evenly the other distances are :math:`r_k` times independent variables
    of mean :math:`d / (d + 1)`: a method of moments for what
    :func:`~ssl_theory.diagnostics.local_dimension.local_dimensions` finds by likelihood, with less
    weight on the very nearest, and more bias. With the ``last`` neighbour among those averaged, as
    published, the dimension comes out too high, by a share of about
    :math:`(d + 1) / (k d)`; without it, it is consistent. Averaged over items, take the harmonic
    mean, or the mean of :math:`m / r_k`. Unchanged by isometries and units; costs all distances.
    [amsaleg2018extreme]

    >>> line = [[0.0], [1.0], [-2.0], [2.5]]
    >>> float(moment_dimensions(line, neighbours=2)[0]), float(moment_dimensions(line,
    ...     neighbours=2, last=False)[0])
    (3.0, 1.0)
    """
    if neighbours < 2:
        raise ValueError(
            f"`neighbours` must be at least 2, got {neighbours}: one distance is its own mean. "
            "Use 10 to 100."
        )
    distances = nearest_neighbours(distinct_rows(z, duplicates), neighbours)[0]
    farthest = distances[:, -1]
    mean = (distances if last else distances[:, :-1]).mean(1)
    with np.errstate(divide="ignore"):  # all neighbours equally far, as in no finite dimension
        return mean / (farthest - mean)
