"""How far each side of the embeddings must be carried to become a standard Gaussian."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom, norm

from ssl_theory.arrays import check_embeddings
from ssl_theory.diagnostics.normality import projected

__all__ = ["gaussian_sliced_wasserstein", "sliced_wasserstein"]

REACH = 12.0  # deviations; what lies beyond has probability below 1e-32
NODES = 1001  # of the trapezoidal rule, which is exact to rounding for such densities
BLOCK = 512  # items at a time


def sliced_wasserstein(
    z: Any, *, slices: int = 256, standardised: bool = False, seed: int = 0
) -> float:
    r"""The squared Wasserstein distance to :math:`N(0, 1)`, averaged over random directions.

    Along a direction the best plan carries items in their order, so the distance is that of sorted
    values :math:`x_{(i)}` from the parts of the Gaussian they take,

    .. math:: W_2^2 = \tfrac1n \sum_i x_i^2 - 2 \sum_i x_{(i)} w_i + 1,
        \qquad w_i = \int_{(i-1)/n}^{i/n} \Phi^{-1}(u)\,du,

    exactly; codes that compare with quantiles at midpoints, or with a drawn sample, are off by
    their discretisation. [bonneel2015sliced]

    In squared units of the embeddings, 0 for a Gaussian population alone. Of standard Gaussian
    items the mean is :func:`gaussian_sliced_wasserstein`, whatever the dimension and the number of
    directions; what directions see is not independent, so take
    :func:`~ssl_theory.nulls.gaussian.gaussian_null` for a p-value. As all statistics of
    projections it is **weak against lost dimensions** in high dimension, where most projections of
    anything look Gaussian. Another rotation changes it as another seed does; duplicates do not
    change it; units and translations do, unless ``standardised``. Costs ``n slices (d + log n)``.

    Parameters
    ----------
    z
        Embeddings ``(items, dimensions)``.
    slices
        How many directions.
    standardised
        Whether each projection is first brought to mean 0 and variance 1: a test for any Gaussian.

    Examples
    --------
    One point is carried everywhere:

    >>> sliced_wasserstein([[0.0, 0.0], [0.0, 0.0]])
    1.0
    """
    z = np.asarray(check_embeddings(z), np.float64)
    if slices < 1:
        raise ValueError(f"`slices` must be at least 1, got {slices}. Use 256.")
    seen = projected(z, slices, seed, standardised=standardised)
    overlaps = _parts(len(z)) @ np.sort(seen, axis=0)
    return float((np.square(seen).mean(0) - 2 * overlaps + 1).mean())


def gaussian_sliced_wasserstein(items: int) -> float:
    r"""The mean of :func:`sliced_wasserstein` over standard Gaussian items, exactly.

    :math:`2 - 2 \sum_i w_i\, E x_{(i)}`, by quadrature over the law of each order statistic. It
    falls about as ``log log n / n``. With one item, 2: its own variance, and the Gaussian's.

    >>> round(gaussian_sliced_wasserstein(1), 12)
    2.0
    """
    if items < 1:
        raise ValueError(f"`items` must be at least 1, got {items}. Give the number of items.")
    x = np.linspace(-REACH, REACH, NODES)
    below, weights = norm.cdf(x), _parts(items)
    mixed = np.zeros(NODES)
    for start in range(0, items, BLOCK):
        ranks = np.arange(start, min(items, start + BLOCK))
        mixed += weights[ranks] @ binom.pmf(ranks[:, None], items - 1, below)
    overlap = items * (x[1] - x[0]) * np.sum(x * norm.pdf(x) * mixed)
    return float(2 - 2 * overlap)


def _parts(items: int) -> NDArray[np.float64]:
    """The first moments of ``items`` slices of a Gaussian of equal probability."""
    heights = norm.pdf(norm.ppf(np.arange(items + 1) / items))
    return heights[:-1] - heights[1:]
