"""What two items of one segment tell about each other."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

__all__ = ["segment_density_ratio", "segment_posterior"]


def segment_density_ratio(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    r"""``log p(x, y) / p(x) p(y)`` of two draws from one of ``T`` segments, equally likely:
    :math:`\log T\sum_t p(t\mid x)\,p(t\mid y)`, from log likelihoods ``(items, segments)``.

    >>> certain = np.array([[0.0, -np.inf]])
    >>> segment_density_ratio(certain, certain).round(12).tolist() == [round(np.log(2), 12)]
    True
    """
    both = np.log(x.shape[1]) + logsumexp(x + y, axis=1)
    return both - logsumexp(x, axis=1) - logsumexp(y, axis=1)


def segment_posterior(log_likelihoods: NDArray[np.float64]) -> NDArray[np.float64]:
    """The probability of each segment, from log likelihoods ``(items, segments)``."""
    return np.exp(log_likelihoods - logsumexp(log_likelihoods, axis=1, keepdims=True))
