"""What a stream does in health, learnt from its beginning, and how well that is known."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtri, stdtrit

from ssl_theory.collapse.sequential.whitening import (
    autoregression,
    innovations,
    unbiased_autoregression,
)

__all__ = ["DOUBT", "FEWEST", "Reference", "learn", "settled"]

FEWEST = 12  # numbers to learn from
DOUBT = 0.1  # that a level is worse than its bound, and that a scale is larger
CLIP = 4.0  # innovations, beyond which a number says no more
GRAIN = 0.25  # of a tolerance: what is lost beyond it counts fully once it is four of these
SMALLEST = 1e-12  # of a level: the scale of a stream that does not move

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Reference:
    """A stream in health: floats for one, arrays for many. Larger is worse.

    ``level`` and ``scale`` are estimates; ``slack`` is how much worse the level, and ``wide`` how
    large the scale of an innovation may be, so that it is a worse one with chance ``DOUBT``.
    """

    level: Array
    slack: Array
    scale: Array
    wide: Array
    coefficient: Array

    def increment(self, value: ArrayLike, before: ArrayLike, tolerance: ArrayLike = 0.0) -> Array:
        r"""By how much a stream is worse than it may be, in innovations: of mean at most 0.

        With ``d`` the loss beyond tolerance and slack, it is
        :math:`(d_t - \phi \max(d_{t-1}, 0)) / \sigma`, cut at 4. A time spent within the
        tolerance earns no credit, so to come back to its edge is no loss.
        """
        wide = np.maximum(self.wide, GRAIN * (1 - self.coefficient) * tolerance)
        worst = CLIP / (1 - self.coefficient)  # which an increment of 4, repeated, leads to
        now, then = (
            np.clip((y - self.level - self.slack - tolerance) / wide, low, worst)
            for y, low in ((value, -worst), (before, 0.0))
        )
        return np.clip(innovations(now, then, self.coefficient), -CLIP, CLIP)


def learn(values: ArrayLike) -> Reference:
    """The reference of streams ``(..., n)``: their level is that of Hodges and Lehmann
    [hodges1963estimates], their memory a first-order autoregression."""
    y = np.asarray(values, np.float64)
    n = y.shape[-1]
    level = _level(y)
    residuals = y - level[..., None]
    raw = autoregression(residuals)[..., None]
    new = innovations(residuals[..., 1:], residuals[..., :-1], raw)
    free = n - 3
    least = SMALLEST * (1 + np.abs(level))
    scale = np.maximum(np.sqrt((new**2).sum(-1) / free), least)
    wide = scale * np.sqrt(free / chdtri(free, 1 - DOUBT))
    memory = unbiased_autoregression(residuals)
    error = scale / ((1 - memory) * np.sqrt(n * 3 / np.pi))
    slack = stdtrit(free, 1 - DOUBT) * error
    return Reference(level, slack, scale, wide, unbiased_autoregression(residuals, 1.0))


def settled(values: ArrayLike, tolerance: ArrayLike) -> NDArray[np.bool_]:
    """Whether the last third and the one before are level: less than half a tolerance apart, up
    to twice the error of that difference."""
    y = np.asarray(values, np.float64)
    third = y.shape[-1] // 3
    late, early = y[..., -third:], y[..., -2 * third : -third]
    apart = np.abs(late.mean(-1) - early.mean(-1))
    parts = [_detrended(part) for part in (early, late)]
    memory = np.mean([unbiased_autoregression(part) for part in parts], axis=0)
    variance = np.mean([(part**2).sum(-1) / (third - 2) for part in parts], axis=0)
    error = np.sqrt(variance * 2 / third * (1 + memory) / (1 - memory))
    return apart <= np.asarray(tolerance) / 2 + 2 * error


def _detrended(y: Array) -> Array:
    """What is left of a straight line, so that a drift does not pass for noise."""
    t = np.arange(y.shape[-1]) - (y.shape[-1] - 1) / 2
    slope = (y * t).sum(-1, keepdims=True) / (t**2).sum()
    return y - y.mean(-1, keepdims=True) - slope * t


def _level(y: Array) -> Array:
    """The median of all means of two, which loses 5 % to the mean and is robust."""
    i, j = np.triu_indices(y.shape[-1])
    return np.median((y[..., i] + y[..., j]) / 2, axis=-1)
