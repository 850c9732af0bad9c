r"""The wave that runs to and fro between 0 and 1 at a constant pace, with period 2.

It is :math:`\tfrac12 - \tfrac4{\pi^2}\sum_{k\,\mathrm{odd}} \cos(k\pi u) / k^2`, so that at a
uniform phase two of its values a shift :math:`v` apart have the covariance
:math:`\tfrac8{\pi^4}\sum_{k\,\mathrm{odd}} \cos(k\pi v) / k^4`, which is a polynomial.
"""

import numpy as np
from numpy.typing import NDArray

__all__ = ["mean_wave_covariance", "triangle_wave", "wave_covariance"]


def triangle_wave(phase: NDArray[np.float64]) -> NDArray[np.float64]:
    """The phase itself between 0 and 1, and back again from 1 to 2.

    >>> triangle_wave(np.array([0.25, 1.25, 2.25])).tolist()
    [0.25, 0.75, 0.25]
    """
    phase = phase % 2
    return np.minimum(phase, 2 - phase)


def wave_covariance(shift: float) -> float:
    r"""Of two values ``shift`` apart: :math:`(1 - 6 v^2 + 4 v^3) / 12` for a shift up to 1.

    >>> [round(12 * wave_covariance(v), 12) for v in (0, 0.5, 1, 1.5, 2)]
    [1.0, 0.0, -1.0, 0.0, 1.0]
    """
    v = shift % 2
    v = min(v, 2 - v)
    return (1 - 6 * v**2 + 4 * v**3) / 12


def mean_wave_covariance(farthest: float) -> float:
    """The mean of ``wave_covariance`` over shifts uniform between 0 and ``farthest``."""
    if farthest == 0:
        return wave_covariance(0)
    a = farthest % 2
    sign, a = (1, a) if a <= 1 else (-1, 2 - a)  # the integral over a whole period is zero
    return sign * (a - 2 * a**3 + a**4) / 12 / farthest
