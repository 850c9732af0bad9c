"""Whether what is new at each step is noise without memory and without heavy tails."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtrc, ndtr

from ssl_theory.collapse.sequential.burn_in import later
from ssl_theory.collapse.sequential.whitening import (
    LARGEST,
    autoregression,
    innovations,
    unbiased_autoregression,
)

__all__ = ["heavy_tails", "promised", "refusal", "remembers"]

SIZE = 0.01  # of each check: how often it refuses a Gaussian autoregression

Array = NDArray[np.float64]


def remembers(values: ArrayLike, lags: int = 4, fitted: int = 1) -> Array:
    r"""The p-value of [ljung1978measure]: that ``(..., n)`` numbers are not autocorrelated,
    :math:`n (n + 2) \sum_k r_k^2 / (n - k)`, of as many degrees as lags less fitted."""
    x = np.asarray(values, np.float64)
    n = x.shape[-1]
    x = x - x.mean(-1, keepdims=True)
    power = (x**2).sum(-1)
    power = np.where(power > 0, power, 1.0)
    total = np.zeros(x.shape[:-1])
    for k in range(1, lags + 1):
        total += ((x[..., k:] * x[..., :-k]).sum(-1) / power) ** 2 / (n - k)
    return chdtrc(lags - fitted, n * (n + 2) * total)


def heavy_tails(values: ArrayLike) -> Array:
    """The p-value of [anscombe1983distribution]: that the kurtosis of ``(..., n)`` numbers is
    at most a Gaussian's."""
    x = np.asarray(values, np.float64)
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


def promised(values: ArrayLike) -> NDArray[np.bool_]:
    """Of which streams with burn-ins ``(..., n)`` a run length is promised: all checks pass."""
    wanders, memory, tails = _checks(values)
    return ~wanders & (memory >= SIZE) & (tails >= SIZE)


def refusal(values: ArrayLike) -> str | None:
    """Why the run length of a stream with this burn-in is not promised; None if it is.

    To refuse all that may remember as much as is allowed for would do harm: what is then promised
    is promised of streams of which the memory was underestimated.
    """
    if np.ptp(later(values)) == 0:
        return "it did not move in the burn-in, so its noise is not known"
    wanders, memory, tails = _checks(values)
    if wanders:
        return "it may wander without a level, for all that the burn-in tells"
    if memory < SIZE:
        return f"what an autoregression leaves is not white (Ljung-Box p = {memory:.1g})"
    if tails < SIZE:
        return f"its noise has heavy tails (kurtosis p = {tails:.1g})"
    return None


def _checks(values: ArrayLike) -> tuple[NDArray[np.bool_], Array, Array]:
    y = later(values)
    y = y - y.mean(-1, keepdims=True)
    new = innovations(y[..., 1:], y[..., :-1], autoregression(y)[..., None])
    return unbiased_autoregression(y) >= LARGEST, remembers(new), heavy_tails(new)
