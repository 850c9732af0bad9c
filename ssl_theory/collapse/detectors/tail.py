"""Tail collapse: the weakest directions vanish while the strong ones stay."""

import numpy as np

from ssl_theory.collapse.detector import Against, Channel, Detector, Evidence
from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.observation import Observation
from ssl_theory.collapse.twin import ISOTROPIC, noise_spectra
from ssl_theory.nulls.isotropic import p_value

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


def _test(seen: Observation, seed: int) -> list[Evidence]:
    found = _measure(seen)["sphericity gap"]
    null = np.array([floored_gap(v) for v in noise_spectra(*seen.z.shape, seed)])
    p = p_value(found, null, larger=True)
    return [Evidence("sphericity gap", found, null.mean(), p, ISOTROPIC)]


tail = Detector(
    Kind.TAIL,
    (Channel("sphericity gap", "higher", 0.1),),
    _measure,
    sees="the logarithm of the mean of the variances less the mean of their logarithms",
    blind_to="which directions are weak: a spectrum that tilts as a whole widens the gap, too",
    test=_test,
    against=Against.ISOTROPY,
)
