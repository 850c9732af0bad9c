"""Partial prototype collapse: prototypes coincide."""

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from ssl_theory.collapse.detector import Channel, Detector
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


partial_prototype = Detector(
    Kind.PARTIAL_PROTOTYPE,
    (Channel("log number of distinct prototypes", "lower", 0.15),),
    _measure,
    sees="the logarithm of how many prototypes are more than 13 degrees from all others",
    blind_to="prototypes that differ and are not used; in few dimensions many are near by chance",
    needs=frozenset({"prototypes"}),
)
