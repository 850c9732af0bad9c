"""Takeover by augmentation: views of one item differ as much as items do."""

import numpy as np

from ssl_theory.collapse.detector import Channel, Detector
from ssl_theory.collapse.grouping import centred, log_variance_ratio
from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.observation import Observation

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


augmentation = Detector(
    Kind.AUGMENTATION,
    (Channel("log view noise", "higher", 0.5),),
    _measure,
    sees="the log odds of the share of the variance that is between views of one item",
    blind_to="noise that both views share, and views that agree because all items do",
    needs=frozenset({"views"}),
)
