"""Streams that remember: the first-order autoregression, and what is new at each step."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["autoregression", "innovations", "unbiased_autoregression"]

LARGEST = 0.95  # remembered from one step to the next, at most


def autoregression(residuals: ArrayLike) -> NDArray[np.float64]:
    """The least-squares coefficient of each number of mean zero on the one before it."""
    r = np.asarray(residuals, np.float64)
    power = (r[..., :-1] ** 2).sum(-1)
    products = (r[..., 1:] * r[..., :-1]).sum(-1)
    return np.divide(products, power, out=np.zeros_like(power), where=power > 0)


def unbiased_autoregression(
    residuals: ArrayLike, standard_errors: float = 0.0
) -> NDArray[np.float64]:
    r"""The same without its bias, :math:`-(1 + 3 \phi) / n` if the mean was estimated
    [kendall1954note], and larger by so many standard errors; between 0 and 0.95."""
    n = np.shape(residuals)[-1]
    raw = np.clip(autoregression(residuals), -1.0, 1.0)
    unbiased = np.clip(raw + (1 + 3 * raw) / n, -1.0, 1.0)
    error = np.sqrt((1 - unbiased**2) / n)
    return np.clip(unbiased + standard_errors * error, 0.0, LARGEST)


def innovations(now: ArrayLike, before: ArrayLike, coefficient: ArrayLike) -> NDArray[np.float64]:
    """What ``now`` adds to what is remembered of ``before``."""
    return np.asarray(now) - np.asarray(coefficient) * np.asarray(before)
