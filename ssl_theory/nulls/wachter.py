"""Canonical correlations of views that share nothing."""

import numpy as np
from numpy.typing import NDArray

__all__ = ["canonical_edges", "independent_correlations"]


def canonical_edges(degrees: int, first: int, second: int) -> tuple[float, float]:
    r"""Between which squared canonical correlations of independent views lie, in the limit.

    :math:`(\sqrt{a(1-b)} \mp \sqrt{b(1-a)})^2` with ``a`` and ``b`` the dimensions of the views
    over the degrees of freedom. Where these sum to 1 or more, some correlations are 1 by chance
    alone. [wachter1980limiting]

    >>> tuple(round(edge, 4) for edge in canonical_edges(100, 10, 10))
    (0.0, 0.36)
    """
    a, b = first / degrees, second / degrees
    if not (0 < a < 1 and 0 < b < 1):
        raise ValueError(
            f"`degrees` must exceed the dimensions of both views, got {degrees} for {first} and "
            f"{second}: such views predict each other perfectly by chance. Give more items."
        )
    ends = (a * (1 - b)) ** 0.5, (b * (1 - a)) ** 0.5
    high = 1.0 if a + b >= 1 else (ends[0] + ends[1]) ** 2
    return (ends[0] - ends[1]) ** 2, high


def independent_correlations(
    degrees: int, first: int, second: int, generator: np.random.Generator
) -> NDArray[np.float64]:
    """One draw of the canonical correlations of independent Gaussian views, largest first.

    Exactly those between a fixed subspace and a random one of the space of items.
    """
    low, high = sorted((first, second))
    if degrees < high:
        raise ValueError(
            f"`degrees` must be at least {high}, the larger dimension, got {degrees}. "
            "Give more items."
        )
    basis = np.linalg.qr(generator.standard_normal((degrees, low)))[0]
    return np.clip(np.linalg.svd(basis[:high], compute_uv=False), 0, 1)
