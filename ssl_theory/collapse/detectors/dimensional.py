"""Dimensional collapse: few directions carry the variance that many carried."""

import numpy as np

from ssl_theory.collapse.detector import Against, Channel, Detector, Evidence
from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.observation import Observation
from ssl_theory.collapse.twin import ISOTROPIC, noise_spectra
from ssl_theory.nulls.isotropic import p_value

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


def _test(seen: Observation, seed: int) -> list[Evidence]:
    found = _measure(seen)["log participation ratio"]
    null = np.array([log_participation(v) for v in noise_spectra(*seen.z.shape, seed)])
    p = p_value(found, null, larger=False)
    return [Evidence("log participation ratio", found, null.mean(), p, ISOTROPIC)]


dimensional = Detector(
    Kind.DIMENSIONAL,
    (Channel("log participation ratio", "lower", 0.2),),
    _measure,
    sees="the logarithm of the Hill number of order 2 of the variances, which strong ones rule",
    blind_to="scale, and directions that were weak before they were lost",
    test=_test,
    against=Against.ISOTROPY,
)
