"""Numeric collapse: numbers overflow, or vanish into rounding."""

import numpy as np

from ssl_theory.collapse.detector import Against, Channel, Detector, Evidence
from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.observation import LARGEST, Observation

__all__ = ["numeric"]

LOST = "share of items that are not finite"
MATERIAL = 1e-3  # of the variance: rounding that is less harms nothing


def _measure(seen: Observation) -> dict[str, float]:
    return {LOST: _lost(seen), "log share of rounding": _log_rounding(seen.sound)}


def _lost(seen: Observation) -> float:
    lost = float(1 - seen.finite_rows.mean())
    if seen.prototypes is None:
        return lost
    return max(lost, float(1 - (np.abs(seen.prototypes) < LARGEST).all(1).mean()))


def _log_rounding(seen: Observation) -> float:
    """How much of the variance rounding to the format of the numbers makes, at the least."""
    if len(seen.z) < 2:
        return float("nan")
    noise = seen.roundoff**2 / 3 * seen.moments.mean_square
    total = max(seen.moments.total_variance, noise)
    return float(np.log(max(noise / total, MATERIAL) if total else MATERIAL))


def _test(seen: Observation, seed: int) -> list[Evidence]:
    found = _lost(seen)
    return [Evidence(LOST, found, 0.0, float(found == 0), "numbers")]


numeric = Detector(
    Kind.NUMERIC,
    (
        Channel(LOST, "higher", 1e-6),  # one is too many
        Channel("log share of rounding", "higher", 0.7),
    ),
    _measure,
    sees="how many items hold NaN, inf or numbers whose squares overflow, and how much of the "
    "variance is rounding to the format that the numbers came in, once that is 0.1 %",
    blind_to="sums that were inexact before they were rounded",
    test=_test,
    against=Against.RULE,
)
