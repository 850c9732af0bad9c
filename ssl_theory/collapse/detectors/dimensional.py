"""Dimensional collapse: few directions carry the variance that many carried."""

import numpy as np

from ssl_theory.collapse.detector import Channel, Detector
from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.observation import Observation

__all__ = ["dimensional", "log_participation"]


def log_participation(variances: np.ndarray) -> float:
    """The logarithm of the participation ratio: how many directions share the variance.

    Of items that coincide it is 0, as of items on a line.

    >>> round(float(np.exp(log_participation(np.array([2.0, 2.0])))), 12)
    2.0
    """
    total = variances.sum()
    return float(-np.log(np.square(variances / total).sum())) if total else 0.0


def _measure(seen: Observation) -> dict[str, float]:
    return {"log participation ratio": log_participation(seen.spectrum.eigenvalues)}


dimensional = Detector(
    Kind.DIMENSIONAL,
    (Channel("log participation ratio", "lower", 0.2),),
    _measure,
    sees="the logarithm of the Hill number of order 2 of the variances, which strong ones rule",
    blind_to="scale, and directions that were weak before they were lost",
)
