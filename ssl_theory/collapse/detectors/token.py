"""Token collapse: all tokens of an item are embedded alike."""

import numpy as np

from ssl_theory.collapse.detector import Against, Channel, Detector, Evidence
from ssl_theory.collapse.grouping import log_variance_ratio
from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.observation import Observation
from ssl_theory.collapse.twin import DRAWS
from ssl_theory.nulls.isotropic import p_value
from ssl_theory.nulls.shuffled import shuffled_null

__all__ = ["token"]

MOST = 4096  # tokens that are shuffled


def _measure(seen: Observation) -> dict[str, float]:
    return {"log token variety": log_variance_ratio(*_rows(seen))}


def _rows(seen: Observation) -> tuple[np.ndarray, np.ndarray]:
    """Every token, and the item that it is of."""
    assert seen.tokens is not None  # they are needed
    items, length, dimensions = seen.tokens.shape
    return seen.tokens.reshape(-1, dimensions), np.repeat(np.arange(items), length)


def _test(seen: Observation, seed: int) -> list[Evidence]:
    assert seen.tokens is not None  # they are needed
    items = np.arange(min(len(seen.z), max(2, MOST // seen.tokens.shape[1])))
    rows, owners = _rows(seen.take(items))
    found = log_variance_ratio(rows, owners)
    null = shuffled_null(log_variance_ratio, rows, owners, draws=DRAWS, seed=seed)
    p, law = p_value(found, null, larger=False), "tokens dealt to items at random"
    return [Evidence("log token variety", found, null.mean(), p, law)]


token = Detector(
    Kind.TOKEN,
    (Channel("log token variety", "lower", 0.35),),
    _measure,
    sees="the log odds of the share of the tokens' variance that is within items",
    blind_to="tokens that differ by where they are and not by what they show",
    needs=frozenset({"tokens"}),
    test=_test,
    against=Against.ISOTROPY,
)
