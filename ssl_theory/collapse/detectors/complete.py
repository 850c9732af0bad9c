"""Complete collapse: the total variance vanishes."""

import numpy as np

from ssl_theory.collapse.detector import Against, Channel, Detector, Evidence
from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.observation import Observation

__all__ = ["complete"]


def _measure(seen: Observation) -> dict[str, float]:
    # Items that coincide have no variance and no logarithm: they get that of the smallest number.
    least = np.finfo(np.float64).tiny
    return {"log variance": float(np.log(max(seen.moments.total_variance, least)))}


def _test(seen: Observation, seed: int) -> list[Evidence]:
    found, square = _measure(seen)["log variance"], seen.moments.mean_square
    coincide = seen.spectrum.resolved_rank == 0
    whole = float(np.log(max(square, np.finfo(np.float64).tiny)))
    null = "items that differ by more than rounding"
    return [Evidence("log variance", found, whole, 0.0 if coincide else 1.0, null)]


complete = Detector(
    Kind.COMPLETE,
    (Channel("log variance", "lower", 0.35),),
    _measure,
    sees="the logarithm of the trace of the covariance",
    blind_to="whatever leaves the total variance: the loss of all directions but one, too; without "
    "a reference, to everything but items that coincide",
    test=_test,
    against=Against.RULE,
)
