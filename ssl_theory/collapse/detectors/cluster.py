"""Cluster collapse: items gather around a few points."""

from collections.abc import Iterator

import numpy as np

from ssl_theory.collapse.cells import log_spread_within
from ssl_theory.collapse.detector import Against, Channel, Detector, Evidence
from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.observation import Observation
from ssl_theory.collapse.twins import beside_twins

__all__ = ["cluster", "log_distance"]

NEIGHBOUR = 5


def log_distance(nearest: np.ndarray) -> float:
    """The mean logarithm of the distance to the fifth neighbour.

    >>> log_distance(np.ones((3, 10)))
    0.0
    """
    return float(np.log(nearest[:, min(NEIGHBOUR, nearest.shape[1]) - 1]).mean())


def _measure(seen: Observation) -> dict[str, float]:
    own, twin = _of(seen), _of(seen.twin)
    return {name: own[name] - twin[name] for name in own}


def _of(seen: Observation) -> dict[str, float]:
    return {
        "log spread within cells": log_spread_within(seen.cells),
        "log distance to neighbours": log_distance(seen.nearest),
    }


def _test(seen: Observation, seed: int) -> Iterator[Evidence]:
    return beside_twins(_of, seen, seed)


cluster = Detector(
    Kind.CLUSTER,
    (
        Channel("log spread within cells", "lower", 0.15),
        Channel("log distance to neighbours", "lower", 0.1),
    ),
    _measure,
    sees="the share of variance that is within 16 cells, and how near the fifth neighbour is, "
    "both less what they are of Gaussian items of the same covariance: 0, whatever their spectrum",
    blind_to="scale and spectrum, and clusters of five items or fewer",
    test=_test,
    against=Against.ISOTROPY,
)
