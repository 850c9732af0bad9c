"""A loss within a few probes: held against those just before it, not against a distant beginning.

What a stream has become since its burn-in may be the work of healthy training, which is slow; what
it loses from one probe to the next is not. So less of it need be tolerated.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["WINDOW", "drop", "drop_deviation"]

NOW, GAP, BEFORE = 3, 1, 9  # probes: the latest, one that may be of either, and those before
WINDOW = NOW + GAP + BEFORE

# Of three, and of nine, independent Gaussian numbers a median errs 1.16 and 1.22 times as far as
# a mean, and of numbers that remember less.
MEDIANS = 1.25


def drop(values: ArrayLike) -> NDArray[np.float64]:
    """By how much the median of the last three of ``(..., 13)`` is above that of the first nine.

    >>> float(drop([0, 1, 0, 1, 0, 1, 0, 1, 0, 5, 2, 2, 9]))
    2.0
    """
    y = np.asarray(values, np.float64)
    if y.shape[-1] != WINDOW:
        raise ValueError(f"`values` must be {WINDOW} probes, got {y.shape[-1]}. Take the last.")
    return np.median(y[..., -NOW:], axis=-1) - np.median(y[..., :BEFORE], axis=-1)


def drop_deviation(memory: ArrayLike) -> NDArray[np.float64]:
    r"""A standard deviation that the drop of a stationary autoregression does not exceed, in those
    of its innovations.

    With weights :math:`w` of the means of three and nine,
    :math:`\sum_{ij} w_i w_j \phi^{|i-j|} / (1 - \phi^2)` is the variance of their difference;
    medians are allowed for.
    """
    weights = np.concatenate([np.full(BEFORE, -1 / BEFORE), np.zeros(GAP), np.full(NOW, 1 / NOW)])
    apart = np.correlate(weights, weights, "full")[WINDOW - 1 :]  # sums over pairs by distance
    apart[1:] *= 2
    phi = np.asarray(memory, np.float64)
    variance = np.polynomial.polynomial.polyval(phi, apart) / (1 - phi**2)
    return MEDIANS * np.sqrt(variance)
