"""One item cut in two: each coordinate goes to one view or to the other."""

import numpy as np
from numpy.typing import NDArray

__all__ = ["masked_covariances", "masked_views"]


def masked_covariances(
    covariance: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    r"""Within and across the views ``Dx`` and ``(I - D)x`` of centred items with this covariance.

    Every coordinate is in the first view with probability one half. Two different ones are both
    in one view a quarter of the time, and as often the first in one and the second in the other;
    one and the same is in a view half of the time, and never in both.

    >>> within, across = masked_covariances(np.array([[4.0, 2.0], [2.0, 4.0]]))
    >>> within.tolist(), across.tolist()
    ([[2.0, 0.5], [0.5, 2.0]], [[0.0, 0.5], [0.5, 0.0]])
    """
    alone = np.diag(np.diag(covariance))
    across = (covariance - alone) / 4
    return across + alone / 2, across


def masked_views(
    items: NDArray[np.float64], generator: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    """Both views, zero where they are masked, and what the first one sees."""
    seen = generator.random(items.shape) < 0.5
    return items * seen, items * ~seen, seen
