"""Token collapse: all tokens of an item are embedded alike."""

import numpy as np

from ssl_theory.collapse.detector import Channel, Detector
from ssl_theory.collapse.grouping import log_variance_ratio
from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.observation import Observation

__all__ = ["token"]


def _measure(seen: Observation) -> dict[str, float]:
    assert seen.tokens is not None  # it is needed
    items, length, dimensions = seen.tokens.shape
    rows = seen.tokens.reshape(items * length, dimensions)
    return {"log token variety": log_variance_ratio(rows, np.repeat(np.arange(items), length))}


token = Detector(
    Kind.TOKEN,
    (Channel("log token variety", "lower", 0.35),),
    _measure,
    sees="the log odds of the share of the tokens' variance that is within items",
    blind_to="tokens that differ by where they are and not by what they show",
    needs=frozenset({"tokens"}),
)
