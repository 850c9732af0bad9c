"""What a statistic is over standard Gaussian items."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["gaussian_null"]


def gaussian_null(
    statistic: Callable[[Any], float],
    items: int,
    dimensions: int,
    *,
    draws: int = 199,
    seed: int = 0,
) -> NDArray[np.float64]:
    """The statistic of that many samples of independent items, in increasing order.

    Where a statistic looks along several directions, what it sees there is not independent: all
    are of the same items. So the items are what is drawn.

    >>> gaussian_null(lambda z: float(np.shape(z)[1]), 5, 2, draws=3)
    array([2., 2., 2.])
    """
    generator = np.random.default_rng(seed)
    values = [statistic(generator.standard_normal((items, dimensions))) for _ in range(draws)]
    return np.sort(np.array(values, float))
