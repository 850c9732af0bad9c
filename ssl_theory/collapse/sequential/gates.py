"""Whether what is new at each step is noise without memory and without heavy tails."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtrc, ndtr

from ssl_theory.collapse.sequential.whitening import (
    LARGEST,
    autoregression,
    innovations,
    unbiased_autoregression,
)

__all__ = ["heavy_tails", "refusal", "remembers"]

SIZE = 0.01  # of each check: how often it refuses a Gaussian autoregression

Array = NDArray[np.float64]


def remembers(x: ArrayLike, lags: int = 4, fitted: int = 1) -> Array:
    r"""The p-value of [ljung1978measure]: that ``(..., n)`` numbers are not autocorrelated,
    :math:`n (n + 2) \sum_k r_k^2 / (n - k)`, of as many degrees as lags less fitted."""
    x = np.asarray(x, np.float64)
    n = x.shape[-1]
    x = x - x.mean(-1, keepdims=True)
    power = (x**2).sum(-1)
    power = np.where(power > 0, power, 1.0)
    total = np.zeros(x.shape[:-1])
    for k in range(1, lags + 1):
        total += ((x[..., k:] * x[..., :-k]).sum(-1) / power) ** 2 / (n - k)
    return chdtrc(lags - fitted, n * (n + 2) * total)


def heavy_tails(x: ArrayLike) -> Array:
    """The p-value of [anscombe1983distribution]: that the kurtosis of ``(..., n)`` numbers is
    at most a Gaussian's."""
    x = np.asarray(x, np.float64)
    n = x.shape[-1]
    x = x - x.mean(-1, keepdims=True)
    variance = (x**2).mean(-1)
    kurtosis = np.where(
        variance > 0, (x**4).mean(-1) / np.where(variance > 0, variance, 1.0) ** 2, 3.0
    )
    mean = 3 * (n - 1) / (n + 1)
    spread = np.sqrt(24 * n * (n - 2) * (n - 3) / ((n + 1) ** 2 * (n + 3) * (n + 5)))
    skew = 6 * (n * n - 5 * n + 2) / ((n + 7) * (n + 9))
    skew *= np.sqrt(6 * (n + 3) * (n + 5) / (n * (n - 2) * (n - 3)))
    a = 6 + 8 / skew * (2 / skew + np.sqrt(1 + 4 / skew**2))
    ratio = (1 - 2 / a) / (1 + (kurtosis - mean) / spread * np.sqrt(2 / (a - 4)))
    z = (1 - 2 / (9 * a) - np.cbrt(ratio)) / np.sqrt(2 / (9 * a))
    return 1 - ndtr(z)


def refusal(values: ArrayLike) -> str | None:
    """Why the run length of a stream with this burn-in is not promised; None if it is."""
    y = np.asarray(values, np.float64)
    y = y - y.mean()
    if not y.any():
        return "it did not move in the burn-in, so its noise is not known"
    if unbiased_autoregression(y, 1.0) >= LARGEST:
        return f"it remembers so much that {len(y)} probes do not tell its level"
    new = innovations(y[1:], y[:-1], autoregression(y))
    if (p := float(remembers(new))) < SIZE:
        return f"what an autoregression leaves is not white (Ljung-Box p = {p:.1g})"
    if (p := float(heavy_tails(new))) < SIZE:
        return f"its noise has heavy tails (kurtosis p = {p:.1g})"
    return None
