"""Tail collapse: the weakest directions vanish while the strong ones stay."""

import numpy as np

from ssl_theory.collapse.detector import Channel, Detector
from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.observation import Observation

__all__ = ["floored_gap", "tail"]

FLOOR = 1e-14  # of the mean variance, the least that a covariance in float64 tells from nothing


def floored_gap(variances: np.ndarray, floor: float = 0.0) -> float:
    """The logarithm of the mean variance less the mean logarithm, none taken below a floor.

    >>> round(floored_gap(np.array([4.0, 1.0])), 6)
    0.223144
    """
    mean = variances.mean()
    if not mean:
        return 0.0
    least = max(floor, FLOOR * mean)
    return float(np.log(mean) - np.log(np.maximum(variances, least)).mean())


def _measure(seen: Observation) -> dict[str, float]:
    found = seen.spectrum
    return {"sphericity gap": floored_gap(found.eigenvalues, found.floor)}


tail = Detector(
    Kind.TAIL,
    (Channel("sphericity gap", "higher", 0.1),),
    _measure,
    sees="the logarithm of the mean of the variances less the mean of their logarithms",
    blind_to="which directions are weak: a spectrum that tilts as a whole widens the gap, too",
)
