"""Partial prototype collapse: prototypes coincide."""

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components
from scipy.special import betainc

from ssl_theory.collapse.detector import Against, Channel, Detector, Evidence
from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.observation import Observation

__all__ = ["distinct_prototypes", "partial_prototype"]

COSINE = 0.975  # of which and above two count as one: 13 degrees apart


def distinct_prototypes(prototypes: np.ndarray) -> int:
    """How many are left when those in about the same direction count once, and chains as one.

    [govindarajan2024partial]

    >>> distinct_prototypes(np.array([[1.0, 0.0], [2.0, 0.1], [0.0, 1.0]]))
    2
    """
    lengths = np.linalg.norm(prototypes, axis=1, keepdims=True)
    directions = prototypes / np.where(lengths > 0, lengths, 1.0)
    # Those of no length have no direction, and coincide.
    near = (directions @ directions.T >= COSINE) | ((lengths == 0) & (lengths.T == 0))
    return int(connected_components(csr_array(near), directed=False)[0])


def _measure(seen: Observation) -> dict[str, float]:
    assert seen.prototypes is not None  # they are needed
    found = distinct_prototypes(seen.prototypes) if len(seen.prototypes) else 1
    return {"log number of distinct prototypes": float(np.log(found))}


def chance_of_near(dimensions: int) -> float:
    """That two directions drawn evenly have a cosine of 0.975 or more: the share of a cap.

    >>> round(float(chance_of_near(2) * np.pi / np.arccos(0.975)), 12)
    1.0
    """
    if dimensions == 1:
        return 0.5
    return float(betainc((dimensions - 1) / 2, 0.5, 1 - COSINE**2) / 2)


def _test(seen: Observation, seed: int) -> list[Evidence]:
    """Each prototype too few takes a pair that is near: Markov's bound of how many there are."""
    assert seen.prototypes is not None  # they are needed
    (number, d), distinct = seen.prototypes.shape, distinct_prototypes(seen.prototypes)
    pairs = number * (number - 1) / 2 * chance_of_near(d)
    p = min(1.0, pairs / (number - distinct)) if distinct < number else 1.0
    expected = float(np.log(max(1.0, number - pairs)))
    name, null = "log number of distinct prototypes", "directions that are drawn evenly"
    return [Evidence(name, float(np.log(distinct)), expected, p, null)]


partial_prototype = Detector(
    Kind.PARTIAL_PROTOTYPE,
    (Channel("log number of distinct prototypes", "lower", 0.15),),
    _measure,
    sees="the logarithm of how many prototypes are more than 13 degrees from all others",
    blind_to="prototypes that differ and are not used; in few dimensions many are near by chance",
    needs=frozenset({"prototypes"}),
    test=_test,
    against=Against.ISOTROPY,
)
