"""Temporal collapse: embeddings stand still along a trajectory."""

from ssl_theory.collapse.detector import Channel, Detector
from ssl_theory.collapse.grouping import log_variance_ratio
from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.observation import Observation

__all__ = ["temporal"]


def _measure(seen: Observation) -> dict[str, float]:
    assert seen.trajectories is not None  # it is needed
    return {"log motion": log_variance_ratio(seen.z, seen.trajectories)}


temporal = Detector(
    Kind.TEMPORAL,
    (Channel("log motion", "lower", 0.35),),
    _measure,
    sees="the log odds of the share of the variance that is within trajectories",
    blind_to="the order of moments: a trajectory that jumps about moves as much as a smooth one",
    needs=frozenset({"trajectories"}),
)
