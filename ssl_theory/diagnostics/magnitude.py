"""How many items there are, counted at a distance: those close together count as one."""

from typing import Any

import numpy as np
import scipy.linalg
from numpy.typing import NDArray
from scipy.spatial.distance import pdist, squareform

from ssl_theory.diagnostics.neighbours import Duplicates, distinct_rows

__all__ = ["magnitude", "magnitude_dimension"]


def magnitude(z: Any, *, scale: float = 1.0, duplicates: Duplicates = "drop") -> float:
    r"""The sum of all entries of the inverse of :math:`e^{-t |z_i - z_j|}`: a number of points.

    1 as the ``scale`` ``t`` goes to 0 and all items are one, ``n`` as it goes to infinity and all
    are apart; in between, how many are effectively different at that scale. Items on a line with
    gaps ``g`` have :math:`1 + \sum \tanh(t g / 2)`. More items never have less, since the kernel is
    positive definite. [leinster2013magnitude] [limbeck2024metric]

    It is a property of the items as a set, with no correction for how few they are: compare samples
    of equal size. Unchanged by isometries and, as
    long as equal items are dropped, by duplicates; in another unit of length it is at another
    scale. Costs a system of ``n`` equations.

    >>> two = magnitude([[0.0], [3.0]], scale=0.5)
    >>> round(two / (2 / (1 + float(np.exp(-1.5)))), 12)
    1.0
    """
    return float(_at(squareform(pdist(distinct_rows(z, duplicates))), scale))


def magnitude_dimension(
    z: Any, *, scale: float = 1.0, step: float = 0.05, duplicates: Duplicates = "drop"
) -> float:
    r"""How fast :func:`magnitude` grows with the logarithm of the scale, itself in logarithms.

    :math:`d \log |tZ| / d \log t` by a central difference: near the dimension at scales that tell
    neighbours apart but not yet all items, and 0 at both ends. [limbeck2024metric]

    >>> z = np.linspace(0, 1, 400)[:, None]
    >>> abs(magnitude_dimension(z, scale=60.0) - 30 / 31) < 0.01
    True
    """
    if not step > 0:
        raise ValueError(f"`step` must be positive, got {step}. Use 0.05.")
    distances = squareform(pdist(distinct_rows(z, duplicates)))
    ends = [np.log(_at(distances, scale * np.exp(sign * step / 2))) for sign in (-1, 1)]
    return float((ends[1] - ends[0]) / step)


def _at(distances: NDArray[np.float64], scale: float) -> float:
    if not scale > 0:
        raise ValueError(f"`scale` must be positive, got {scale}: at 0 all items are one. Use 1.")
    if len(distances) < 2:
        return 1.0
    try:
        factor = scipy.linalg.cho_factor(np.exp(-scale * distances))
    except np.linalg.LinAlgError:
        raise ValueError(
            f"`scale` must tell the items apart to rounding, got {scale}: their similarities are "
            "singular. Use a larger scale."
        ) from None
    return float(scipy.linalg.cho_solve(factor, np.ones(len(distances))).sum())
