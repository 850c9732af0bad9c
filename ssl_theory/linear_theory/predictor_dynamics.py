r"""A linear predictor and a stop-gradient: which directions survive weight decay.

One direction of BYOL and SimSiam with linear encoders, a linear predictor ``p`` and a variance
``s`` of the online embedding; views with unit signal and noise ``sigma^2`` have
``rho = 1 / (1 + sigma^2)``; weight decay ``eta``, predictor rate ``alpha`` and a target that
is the encoder itself:

.. math::
    \dot p = \alpha s (1 - p / \rho) - \eta p, \qquad
    \dot s = 2 p s (1 - p / \rho) - 2 \eta s.

``s - p^2 / alpha`` decays as ``exp(-2 eta t)``, so the direction ends on a parabola, and there
either at the larger root of ``p (1 - p / rho) = eta`` or at nothing. [tian2021directpred]
"""

import math
from typing import NamedTuple

__all__ = ["Equilibria", "equilibria", "largest_decay"]


class Equilibria(NamedTuple):
    """Where a direction may rest besides zero: ``p`` at each, with ``s = p^2 / alpha``."""

    edge: float  # unstable: a direction that starts below it on the parabola is lost
    rest: float  # stable


def largest_decay(rho: float) -> float:
    """The weight decay ``rho / 4`` beyond which a direction is lost wherever it starts."""
    return rho / 4


def equilibria(rho: float, decay: float) -> Equilibria | None:
    """Both roots of ``p (1 - p / rho) = decay``, or ``None`` if every start is lost.

    >>> tuple(round(p, 12) for p in equilibria(rho=0.8, decay=0.15))
    (0.2, 0.6)
    >>> equilibria(rho=0.8, decay=0.21) is None
    True
    """
    if decay > largest_decay(rho):
        return None
    root = math.sqrt(1 - 4 * decay / rho)
    return Equilibria(rho * (1 - root) / 2, rho * (1 + root) / 2)
