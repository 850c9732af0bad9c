"""What a stream does in health, learnt from its beginning, and how well that is known."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtri, stdtrit

from ssl_theory.collapse.sequential.sudden import drop_deviation
from ssl_theory.collapse.sequential.whitening import (
    autoregression,
    innovations,
    unbiased_autoregression,
)

__all__ = ["DOUBT", "FEWEST", "Reference", "later", "learn", "settled", "threshold"]

FEWEST = 12  # numbers to learn from
DOUBT = 0.1  # that any level is worse than its bound, and that any scale is larger
CLIP = 4.0  # innovations, beyond which a number says no more
GRAIN = 0.25  # of a tolerance: what is lost beyond it counts fully once it is four of these
SMALLEST = 1e-12  # of a level: the scale of a stream that does not move

Array = NDArray[np.float64]
Floats = float | Array


@dataclass(frozen=True)
class Reference:
    """A stream in health: floats for one, arrays for many. Larger is worse.

    The ``level`` is an estimate, and ``slack`` how much worse it may be; ``scale``, of an
    innovation, and ``memory``, from one to the next, are as large as they may be.
    """

    level: Floats
    slack: Floats
    scale: Floats
    memory: Floats

    @property
    def reach(self) -> Array:
        """How far noise goes from the level: four standard deviations of the autoregression."""
        return CLIP * np.asarray(self.scale) / np.sqrt(1 - self.memory**2)

    def plain(self, loss: Floats, tolerance: Floats) -> NDArray[np.bool_]:
        """Whether no noise explains that so much was lost beyond the tolerance."""
        return np.asarray(loss) > tolerance + self.reach

    def sudden(self, drop: Floats, tolerance: Floats) -> NDArray[np.bool_]:
        """Whether no noise explains that so much was lost, beyond the tolerance, within a few
        probes; see :func:`~ssl_theory.collapse.sequential.sudden.drop`."""
        noise = np.asarray(self.scale) * drop_deviation(self.memory)
        return np.asarray(drop) > tolerance + CLIP * noise

    def increment(self, value: Floats, before: Floats, tolerance: Floats = 0.0) -> Array:
        r"""By how much a stream is worse than it may be, in innovations: of mean at most 0.

        With ``d`` the loss beyond tolerance and slack, it is
        :math:`(d_t - \phi \max(d_{t-1}, 0)) / \sigma`, cut at 4. A time spent within the
        tolerance earns no credit, so to come back to its edge is no loss.
        """
        scale = np.maximum(self.scale, GRAIN * (1 - self.memory) * tolerance)
        worst = CLIP / (1 - self.memory)  # which an increment of 4, repeated, leads to
        now, then = (
            np.clip((y - self.level - self.slack - tolerance) / scale, low, worst)
            for y, low in ((value, -worst), (before, 0.0))
        )
        return np.clip(innovations(now, then, self.memory), -CLIP, CLIP)


def learn(values: ArrayLike, channels: int = 1) -> Reference:
    """The reference of streams ``(..., n)``: their level is that of Hodges and Lehmann
    [hodges1963estimates], their memory a first-order autoregression.

    If there are several ``channels``, the doubt is divided among them: one bad reference is
    enough for false alarms without end, whatever evidence is asked for.
    """
    y = later(values)
    n = y.shape[-1]
    level = _level(y)
    residuals = y - level[..., None]
    raw = autoregression(residuals)[..., None]
    new = innovations(residuals[..., 1:], residuals[..., :-1], raw)
    free, doubt = n - 3, DOUBT / channels
    least = SMALLEST * (1 + np.abs(level))
    scale = np.maximum(np.sqrt((new**2).sum(-1) / free), least)
    wide = scale * np.sqrt(free / chdtri(free, 1 - doubt))
    memory = unbiased_autoregression(residuals, standard_errors=1.0)
    error = scale / ((1 - memory) * np.sqrt(n * 3 / np.pi))
    return Reference(level, stdtrit(free, 1 - doubt) * error, wide, memory)


def later(values: ArrayLike) -> Array:
    """The last two thirds: the first may be a transient that the others have settled from."""
    y = np.asarray(values, np.float64)
    return y[..., y.shape[-1] // 3 :]


def threshold(average_run_length: float) -> float:
    """What evidence against a stream must pass: with chance ``2 DOUBT`` the reference is worse
    than its bounds, and then nothing is known."""
    return average_run_length / (1 - 2 * DOUBT)


def settled(values: ArrayLike, tolerance: ArrayLike) -> NDArray[np.bool_]:
    """Whether the last third and the one before are level: less than half a tolerance apart, up
    to twice the error of that difference."""
    y = later(values)
    third = y.shape[-1] // 2
    early, late = y[..., :third], y[..., -third:]
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
