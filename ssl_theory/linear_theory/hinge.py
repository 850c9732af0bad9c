r"""Two encoders between which VICReg's penalties choose.

With ``k`` dimensions, alignment weight ``A`` on ``sum_i s_i (1 - rho_i)`` and ``m`` copies of the
penalties of weights ``mu`` (hinge) and ``nu`` (off-diagonal):

- *Mixed.* Rotate until all axes have the mean variance. The penalties depend only on the spectrum,
  and convexly: ``s_i = [h - A k (1 - rho_i) / (2 m nu)]_+``, with one level ``h`` for all
  directions, set by the hinge. Weak directions are lost, strong ones exceed one.
- *Canonical.* Keep the directions apart: no off-diagonal penalty, and each axis settles at the
  deviation ``min(1, m mu / (2 k A (1 - rho_i)))``.

Mixing wins while the off-diagonal weight is small, as by default, and the canonical encoder as it
grows; between them the optimum is found by descent, which starts from both. At any finite weight
the canonical encoder can be beaten a little, since small products of directions cost next to
nothing: by 2e-5 of the loss at a weight of 2000. It lies in a kink that descents seldom leave.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

__all__ = ["canonical_strengths", "equal_diagonal", "mixed_strengths"]

Vector = NDArray[np.float64]


def mixed_strengths(
    rho: Vector, alignment: float, hinge: float, off_diagonal: float, floor: float
) -> Vector:
    """The spectrum of the mixed encoder, for weights ``A``, ``m mu`` and ``m nu``."""
    cost = alignment * len(rho) * (1 - rho) / (2 * off_diagonal)
    strengths = lambda level: np.maximum(level - cost, 0)  # noqa: E731

    def pull(level: float) -> float:  # what the off-diagonal penalty asks less what the hinge gives
        mean = strengths(level).mean()
        return 2 * off_diagonal * (level - mean) - hinge / (2 * np.sqrt(mean + floor))

    full = brentq(lambda h: strengths(h).mean() - (1 - floor), 0, 2 + cost.max(), xtol=1e-14)
    if pull(full) <= 0:  # the hinge would give more, and stops at one
        return strengths(full)
    return strengths(brentq(pull, 0, full, xtol=1e-14))


def canonical_strengths(rho: Vector, alignment: float, hinge: float, floor: float) -> Vector:
    """The variances of the canonical encoder."""
    deviations = np.minimum(1, hinge / (2 * len(rho) * alignment * (1 - rho)))
    return np.maximum(deviations**2 - floor, 0)


def equal_diagonal(spectrum: Vector) -> NDArray[np.float64]:
    """A rotation ``Q`` for which every diagonal entry of ``Q diag(spectrum) Q'`` is the mean.

    >>> q = equal_diagonal(np.array([3.0, 1.0, 0.5]))
    >>> np.diag(q @ np.diag([3.0, 1.0, 0.5]) @ q.T).round(12).tolist()
    [1.5, 1.5, 1.5]
    """
    d, mean = len(spectrum), spectrum.mean()
    rotation, matrix = np.eye(d), np.diag(spectrum).astype(np.float64)
    for _ in range(d - 1):
        low, high = matrix.diagonal().argmin(), matrix.diagonal().argmax()
        a, b, c = matrix[low, low] - mean, matrix[low, high], matrix[high, high] - mean
        if not (a < 0 < c):
            break
        # The tangent t of the turn that puts the mean on the low axis: a + 2 b t + c t^2 = 0.
        root = np.sqrt(b * b - a * c)
        t = (-b + root) / c if b < 0 else -a / (b + root)
        turn = np.eye(d)
        turn[[low, high], [low, high]] = 1 / np.hypot(1, t)
        turn[low, high], turn[high, low] = t / np.hypot(1, t), -t / np.hypot(1, t)
        matrix, rotation = turn @ matrix @ turn.T, turn @ rotation
    return rotation
