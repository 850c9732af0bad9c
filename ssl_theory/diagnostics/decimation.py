"""What a statistic is of ever fewer items: dimensions have a scale, and ranks a count."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ssl_theory.arrays import check_embeddings

__all__ = ["Decimated", "decimated"]


@dataclass(frozen=True)
class Decimated:
    """The mean of a statistic over disjoint samples of that many items."""

    items: int
    mean: float
    error: float  # of the mean, from how the samples differ; NaN of one sample


def decimated(
    statistic: Callable[[NDArray[np.float64]], float],
    z: Any,
    *,
    parts: Sequence[int] = (1, 2, 4, 8),
    seed: int = 0,
) -> list[Decimated]:
    r"""The statistic of all items, of halves, of quarters, ..., each averaged over its samples.

    Fewer items have neighbours further away: an intrinsic dimension that falls along the curve is
    noise at small scales, one that rises is curvature, and a plateau is a dimension.
    [facco2017estimating] A rank or an entropy that falls was never that of the population, but of
    so many items. Samples are disjoint, so their mean has a standard error; the same item is in
    one sample of each size, so points of the curve are not independent of each other.

    Parameters
    ----------
    statistic
        Of embeddings, a number.
    z
        Embeddings ``(items, dimensions)``.
    parts
        In how many samples to split the items, each time; what does not divide is left out.
    seed
        Of the order in which items are dealt.

    Examples
    --------
    >>> [(d.items, d.mean) for d in decimated(len, np.zeros((8, 2)), parts=(1, 4))]
    [(8, 8.0), (2, 2.0)]
    """
    z = np.asarray(check_embeddings(z), np.float64)
    n = len(z)
    if not parts or min(parts) < 1 or max(parts) > n // 2:
        raise ValueError(
            f"`parts` must be numbers between 1 and {n // 2}, so that a sample of {n} items has 2, "
            f"got {list(parts)}. Use 1, 2, 4 and 8."
        )
    order = np.random.default_rng(seed).permutation(n)
    found = []
    for count in parts:
        size = n // count
        values = [float(statistic(z[order[k * size : (k + 1) * size]])) for k in range(count)]
        error = np.std(values, ddof=1) / count**0.5 if count > 1 else np.nan
        found.append(Decimated(size, float(np.mean(values)), float(error)))
    return found
