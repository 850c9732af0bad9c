"""What a similarity is where items of one representation are matched with any of another."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["shuffled_null"]


def shuffled_null(
    similarity: Callable[[Any, Any], float], z: Any, w: Any, *, draws: int = 199, seed: int = 0
) -> NDArray[np.float64]:
    """The similarity after that many random matchings of the items, in increasing order.

    Both representations keep their spectra, their dimensions and their tails; only what they
    share is lost. With :func:`~ssl_theory.nulls.isotropic.p_value` a test of independence that is
    exact for items drawn independently, however few.

    >>> shuffled_null(lambda z, w: float(z @ w), np.array([0, 1]), np.array([2, 2]), draws=3)
    array([2., 2., 2.])
    """
    generator = np.random.default_rng(seed)
    values = [similarity(z, w[generator.permutation(len(w))]) for _ in range(draws)]
    return np.sort(np.array(values, float))
