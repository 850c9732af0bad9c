"""Complete collapse: the total variance vanishes."""

import numpy as np

from ssl_theory.collapse.detector import Channel, Detector
from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.observation import Observation

__all__ = ["complete"]


def _measure(seen: Observation) -> dict[str, float]:
    # Items that coincide have no variance and no logarithm: they get that of the smallest number.
    least = np.finfo(np.float64).tiny
    return {"log variance": float(np.log(max(seen.moments.total_variance, least)))}


complete = Detector(
    Kind.COMPLETE,
    (Channel("log variance", "lower", 0.35),),
    _measure,
    sees="the logarithm of the trace of the covariance",
    blind_to="whatever leaves the total variance: the loss of all directions but one, too",
)
