"""The accuracy of clusters once each is named after a label."""

from typing import Any

import numpy as np

from ssl_theory.identifiability.labels import VALID_FOR, contingency
from ssl_theory.identifiability.matching import best_matching, matched
from ssl_theory.identifiability.score import Score

__all__ = ["matched_accuracy"]


def matched_accuracy(labels: Any, clusters: Any, *, draws: int = 100, seed: int = 0) -> Score:
    r"""The share of items in the cluster matched to their label, best over all matchings.

    .. math:: \max_\pi \frac1n \sum_i n_{i\pi(i)}

    with no cluster matched twice: of switching dynamics, the accuracy of the modes. It is never
    0: random clusters have what the largest groups share, measured here over ``draws`` shuffles
    (the part ``by_chance``); ``adjusted`` is the value less that, in units of what is left to 1.
    [kuhn1955hungarian]

    Parts: ``table``, ``permutation`` (the cluster of every label, -1 for none), ``by_chance``,
    ``adjusted``.

    >>> matched_accuracy([0, 0, 1, 1], ["b", "b", "a", "b"]).value
    0.75
    """
    table = contingency(labels, clusters)
    permutation = best_matching(table.astype(float))
    value, generator = _share(table), np.random.default_rng(seed)
    names = np.asarray(clusters)
    chance = float(
        np.mean([_share(contingency(labels, generator.permutation(names))) for _ in range(draws)])
    )
    parts = {
        "table": table,
        "permutation": permutation,
        "by_chance": chance,
        "adjusted": (value - chance) / (1 - chance) if chance < 1 else 0.0,
    }
    checked = tuple(look(table) for look in VALID_FOR)
    return Score("matched accuracy", value, 1.0, parts, checked)


def _share(table: np.ndarray) -> float:
    counts = table.astype(float)
    return float(matched(counts, best_matching(counts)).sum() / counts.sum())
