"""Temporal collapse: embeddings stand still along a trajectory."""

from ssl_theory.collapse.detector import Against, Channel, Detector, Evidence
from ssl_theory.collapse.grouping import log_variance_ratio
from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.observation import Observation
from ssl_theory.collapse.twin import DRAWS
from ssl_theory.nulls.isotropic import p_value
from ssl_theory.nulls.shuffled import shuffled_null

__all__ = ["temporal"]


def _measure(seen: Observation) -> dict[str, float]:
    assert seen.trajectories is not None  # it is needed
    return {"log motion": log_variance_ratio(seen.z, seen.trajectories)}


def _test(seen: Observation, seed: int) -> list[Evidence]:
    name, found = "log motion", _measure(seen)["log motion"]
    null = shuffled_null(log_variance_ratio, seen.z, seen.trajectories, draws=DRAWS, seed=seed)
    p = p_value(found, null, larger=False)
    law = "items dealt to trajectories at random"
    return [Evidence(name, found, null.mean(), p, law)]


temporal = Detector(
    Kind.TEMPORAL,
    (Channel("log motion", "lower", 0.35),),
    _measure,
    sees="the log odds of the share of the variance that is within trajectories",
    blind_to="the order of moments: a trajectory that jumps about moves as much as a smooth one",
    needs=frozenset({"trajectories"}),
    test=_test,
    against=Against.ISOTROPY,
)
