"""What training is after, without training: the slowest combinations of many random features."""

from collections.abc import Callable

import numpy as np
import scipy.linalg
from numpy.typing import NDArray

__all__ = ["spectral_oracle"]

Matrix = NDArray[np.float64]


def spectral_oracle(
    x: Matrix,
    y: Matrix,
    *,
    keep: int,
    width: float,
    features: int = 300,
    ridge: float = 0.01,
    seed: int = 0,
) -> Callable[[Matrix], Matrix]:
    r"""An encoder: the first generalised eigenvectors of features' covariances, across and within.

    .. math:: C v = \rho\,(S + \epsilon \tfrac{\mathrm{tr} S}{m} I)\, v

    of ``features`` cosines in random directions, which together make a Gaussian kernel ``width``
    standard deviations wide. Without the ``ridge`` they find functions of the few items in the
    tails. [rahimi2007random]

    >>> rng = np.random.default_rng(0)
    >>> x, y = rng.standard_normal((2, 1000, 2))
    >>> encode = spectral_oracle(x, y, keep=1, width=1.0)
    >>> encode(x).shape
    (1000, 1)
    """
    rng = np.random.default_rng(seed)
    middle, scale = x.mean(0), x.std(0)
    directions = rng.standard_normal((x.shape[1], features)) / width
    phases = rng.uniform(0, 2 * np.pi, features)

    def seen(items: Matrix) -> Matrix:
        return np.asarray(np.cos((items - middle) / scale @ directions + phases))

    one, other = seen(x), seen(y)
    mean = (one.mean(0) + other.mean(0)) / 2
    one, other = one - mean, other - mean
    within = (one.T @ one + other.T @ other) / (2 * len(x))
    across = (one.T @ other + other.T @ one) / (2 * len(x))
    held = within + ridge * np.trace(within) / features * np.eye(features)
    vectors = scipy.linalg.eigh(across, held, subset_by_index=[features - keep, features - 1])[1]
    return lambda items: np.asarray((seen(items) - mean) @ vectors)
