"""Mean drift: the mean outgrows the spread about it."""

import numpy as np

from ssl_theory.collapse.detector import Channel, Detector
from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.observation import Observation

__all__ = ["mean_drift"]


def _measure(seen: Observation) -> dict[str, float]:
    # The logarithm and not the log odds: of items about the origin those are any large number.
    total, variance = seen.moments.mean_square, seen.moments.total_variance
    least = np.finfo(np.float64).eps
    share = variance / (variance + max(total - variance, 0.0)) if total else 1.0
    return {"log variance share": float(np.log(max(share, least)))}


mean_drift = Detector(
    Kind.MEAN_DRIFT,
    (Channel("log variance share", "lower", 0.2),),
    _measure,
    sees="the logarithm of the share of the mean square length that is variance",
    blind_to="what the spread consists of; and it falls as well when the spread shrinks about a "
    "mean that stays",
)
