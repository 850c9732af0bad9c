"""Mean drift: the mean outgrows the spread about it."""

import numpy as np
from scipy.stats import f

from ssl_theory.collapse.detector import Against, Channel, Detector, Evidence
from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.observation import Observation

__all__ = ["mean_drift"]


def _measure(seen: Observation) -> dict[str, float]:
    # The logarithm and not the log odds: of items about the origin those are any large number.
    variance = seen.moments.total_variance
    square = variance + float(seen.moments.mean @ seen.moments.mean)
    least = np.finfo(np.float64).eps
    return {"log variance share": float(np.log(max(variance / square, least) if square else 1.0))}


def _test(seen: Observation, seed: int) -> list[Evidence]:
    """Of isotropic Gaussian items about the origin, the quotient has Fisher's law exactly."""
    (n, d), found = seen.z.shape, _measure(seen)["log variance share"]
    square = float(seen.moments.mean @ seen.moments.mean)
    p = f.sf(n * square / max(seen.moments.total_variance, 1e-300), d, (n - 1) * d)
    null = "isotropic items about the origin"
    return [Evidence("log variance share", found, np.log1p(-1 / n), float(p), null)]


mean_drift = Detector(
    Kind.MEAN_DRIFT,
    (Channel("log variance share", "lower", 0.2),),
    _measure,
    sees="the logarithm of the share of the mean square length that is variance",
    blind_to="what the spread consists of; and it falls as well when the spread shrinks about a "
    "mean that stays",
    test=_test,
    against=Against.ISOTROPY,
)
