"""The cumulative sum: how far a stream has run above what it is allowed."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["cusum"]


def cusum(before: ArrayLike, x: ArrayLike, allowance: float = 0.5) -> NDArray[np.float64]:
    r"""One step of :math:`S_t = \max(0, S_{t-1} + x_t - k)` [page1954continuous].

    Of all rules with as few false alarms, the one that raises its alarm once ``S`` passes a
    threshold has the least delay in the worst case [moustakides1986optimal], if the mean moves
    from 0 to ``2 k`` standard deviations.

    >>> float(cusum(1.0, 2.0)), float(cusum(1.0, -2.0))
    (2.5, 0.0)
    """
    return np.maximum(0.0, np.asarray(before) + np.asarray(x) - allowance)
