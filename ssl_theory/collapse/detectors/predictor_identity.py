"""Predictor identity: it does nothing but copy what it is given."""

import numpy as np

from ssl_theory.collapse.detector import Channel, Detector
from ssl_theory.collapse.grouping import centred
from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.observation import Observation

__all__ = ["log_odds_of_more_than_a_copy", "predictor_identity"]

EXPLAINED = 0.01  # a multiple that explains less explains nothing
LEFT = 1e-12  # and one that leaves less leaves nothing


def log_odds_of_more_than_a_copy(z: np.ndarray, predictions: np.ndarray) -> float:
    """Log odds of the share of the predictions that no multiple of their input explains.

    >>> z = np.array([[1.0], [-1.0]])
    >>> round(log_odds_of_more_than_a_copy(z, 2 * z), 3)
    -27.631
    """
    given, made = centred(z), centred(predictions)
    sizes = np.square(given).sum() * np.square(made).sum()
    explained = np.square((given * made).sum()) / sizes if sizes else 0.0
    explained = min(max(explained, EXPLAINED), 1 - LEFT)
    return float(np.log((1 - explained) / explained))


def _measure(seen: Observation) -> dict[str, float]:
    assert seen.predictions is not None  # they are needed
    return {"log odds of prediction": log_odds_of_more_than_a_copy(seen.z, seen.predictions)}


predictor_identity = Detector(
    Kind.PREDICTOR_IDENTITY,
    (Channel("log odds of prediction", "lower", 0.5),),
    _measure,
    sees="the log odds of the share of the predictions that no multiple of their input explains",
    blind_to="a predictor that turns its input and adds nothing else",
    needs=frozenset({"predictions"}),
)
