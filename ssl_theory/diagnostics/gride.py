"""The dimension that ratios of distances to neighbours of any order tell, scale by scale."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from ssl_theory.diagnostics.neighbours import Duplicates, distinct_rows, nearest_neighbours

__all__ = ["ScaleDimension", "gride", "gride_scales"]


@dataclass(frozen=True)
class ScaleDimension:
    """A dimension, its standard error, and the mean distance of the neighbours it is told by."""

    dimension: float
    error: float
    distance: float


def gride(
    z: Any,
    *,
    near: int = 1,
    far: int | None = None,
    unbiased: bool = True,
    duplicates: Duplicates = "refuse",
) -> ScaleDimension:
    r"""The likeliest dimension, from how much further one neighbour is than a nearer one.

    Where items are spread evenly as far as the farther neighbour, the ratio of the distances has

    .. math::
        p(\mu) = \frac{d\,(\mu^d - 1)^{f - n - 1}}{B(f - n, n)\,\mu^{(f - 1) d + 1}},
        \qquad \mu > 1,

    whatever the density: :math:`\mu^{-d}` is a beta variable of ``n`` and ``f - n``. Orders 1 and 2
    are the likelihood of :func:`~ssl_theory.diagnostics.two_nn.two_nn`; order 1 alone against ``f``
    is the first half of :func:`~ssl_theory.diagnostics.danco.danco`. Higher orders look at a larger
    scale, where noise in every coordinate no longer passes for dimensions. [denti2022generalized]

    The standard error is that of independent ratios, from the observed information; items share
    neighbours, so at high orders it is too small. Too few items for even spread as far as that
    bias the dimension downwards. Unchanged by isometries and units. Costs all distances.

    Parameters
    ----------
    z
        Embeddings ``(items, dimensions)``.
    near, far
        The orders of the two neighbours; the farther is of twice the order unless told.
    unbiased
        Whether the likelihood counts one item less, as the authors' code does, which at orders 1
        and 2 makes the dimension unbiased.
    duplicates
        What to do about equal items, whose ratios are infinite or undefined.

    Examples
    --------
    >>> z = np.random.default_rng(0).uniform(size=(1000, 2)) @ [[1.0, 2, 0], [0, 1, 3]]
    >>> found = gride(z, near=4)
    >>> abs(found.dimension - 2) < 3 * found.error
    True
    """
    far = 2 * near if far is None else far
    if not 1 <= near < far:
        raise ValueError(
            f"`near` and `far` must be orders of neighbours, the former the lower, got {near} and "
            f"{far}. Use 1 and 2."
        )
    return _likeliest(nearest_neighbours(distinct_rows(z, duplicates), far)[0], near, far, unbiased)


def gride_scales(
    z: Any, *, largest: int = 64, unbiased: bool = True, duplicates: Duplicates = "refuse"
) -> list[ScaleDimension]:
    """:func:`gride` at orders 1 and 2, 2 and 4, 4 and 8, ... up to the ``largest``.

    A plateau is a dimension; where there is none, there is no one dimension. Unlike a curve over
    ever fewer items, every scale uses all of them.

    >>> z = np.random.default_rng(0).uniform(size=(200, 2))
    >>> [s.distance > 0 for s in gride_scales(z, largest=8)]
    [True, True, True]
    """
    z = distinct_rows(z, duplicates)
    if not 2 <= largest < len(z):
        raise ValueError(
            f"`largest` must lie between 2 and {len(z) - 1}, the others there are, got {largest}. "
            "Give more items."
        )
    distances = nearest_neighbours(z, largest)[0]
    nears = [2**j for j in range(largest.bit_length() - 1)]
    return [_likeliest(distances, near, 2 * near, unbiased) for near in nears]


def _likeliest(
    distances: NDArray[np.float64], near: int, far: int, unbiased: bool
) -> ScaleDimension:
    logs = np.log(distances[:, far - 1] / distances[:, near - 1])
    # Equally far neighbours are infinitely unlikely in every dimension and say nothing about it.
    logs = logs[logs > 0]
    between, n = far - near - 1, len(logs)
    if n < 2:
        raise ValueError(
            "`z` must have items with neighbours at different distances, got only equal ones: a "
            "lattice has no such dimension. Give items that vary."
        )

    def score(d: float) -> float:
        crowding = (logs / -np.expm1(-d * logs)).sum() if between else 0.0
        return float((n - unbiased) / d + between * crowding - (far - 1) * logs.sum())

    # With every ratio at its far end, of mu^d all small, the score is that of near neighbours only.
    high = 1.0
    while score(high) > 0:
        high *= 2
    low = high
    while score(low) < 0:
        low /= 2
    dimension = float(brentq(score, low, high, xtol=1e-13 * high)) if low < high else high
    information = n / dimension**2
    if between:
        information += between * np.square(logs / (2 * np.sinh(dimension * logs / 2))).sum()
    return ScaleDimension(dimension, float(information**-0.5), float(distances[:, far - 1].mean()))
