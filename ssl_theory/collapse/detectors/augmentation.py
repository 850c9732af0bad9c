"""Takeover by augmentation: views of one item differ as much as items do."""

import numpy as np

from ssl_theory.collapse.detector import Against, Channel, Detector, Evidence
from ssl_theory.collapse.grouping import centred, log_variance_ratio
from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.observation import Observation
from ssl_theory.collapse.twin import DRAWS
from ssl_theory.nulls.isotropic import p_value
from ssl_theory.nulls.shuffled import shuffled_null

__all__ = ["augmentation", "log_view_noise"]


def log_view_noise(z: np.ndarray, w: np.ndarray) -> float:
    """The logarithm of how much views of an item differ over how much items do; 0 for unrelated.

    Each view about its own mean: a shift of all items alike is not noise.

    >>> z = np.array([[1.0], [-1.0]])
    >>> round(float(np.exp(log_view_noise(z, z / 3))), 6)
    0.125
    """
    both = np.concatenate([centred(z), centred(w)])
    return log_variance_ratio(both, np.tile(np.arange(len(z)), 2))


def _measure(seen: Observation) -> dict[str, float]:
    assert seen.views is not None  # it is needed
    return {"log view noise": log_view_noise(seen.z, seen.views)}


def _test(seen: Observation, seed: int) -> list[Evidence]:
    """Views matched at random are the collapse: that there is none is for chance to show."""
    name, found = "log view noise", _measure(seen)["log view noise"]
    null = shuffled_null(log_view_noise, seen.z, seen.views, draws=DRAWS, seed=seed)
    p = p_value(found, null, larger=False)
    return [Evidence(name, found, null.mean(), p, "views matched at random")]


augmentation = Detector(
    Kind.AUGMENTATION,
    (Channel("log view noise", "higher", 0.5),),
    _measure,
    sees="the log odds of the share of the variance that is between views of one item",
    blind_to="noise that both views share, and views that agree because all items do",
    needs=frozenset({"views"}),
    test=_test,
    against=Against.NOISE,
)
