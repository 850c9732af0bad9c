"""How many pairs of items two groupings treat alike, beyond chance."""

from typing import Any

import numpy as np

from ssl_theory.identifiability.labels import VALID_FOR, contingency
from ssl_theory.identifiability.score import Score

__all__ = ["adjusted_rand_index"]


def adjusted_rand_index(labels: Any, clusters: Any) -> Score:
    r"""The Rand index less its mean over random matchings, in units of what is left to 1.

    With :math:`n_{ij}` items of label ``i`` in cluster ``j`` and :math:`T = \binom n2`,

    .. math:: \frac{\sum_{ij}\binom{n_{ij}}2 - E}{\frac12(A + B) - E}, \quad
        A = \sum_i \binom{a_i}2, \; B = \sum_j \binom{b_j}2, \; E = AB / T.

    1 where the groups are the same whatever their names, 0 on average where clusters are dealt at
    random, and below 0 where they are worse. Large groups weigh with their squares.
    [hubert1985comparing]

    Parts: ``table`` of counts.

    >>> round(adjusted_rand_index([0, 0, 1, 1], [0, 0, 1, 2]).value, 3)
    0.571
    """
    table = contingency(labels, clusters)
    together, of_labels, of_clusters = (
        float((x * (x - 1)).sum()) / 2 for x in (table, table.sum(1), table.sum(0))
    )
    n = int(table.sum())
    chance = of_labels * of_clusters / (n * (n - 1) / 2)
    most = (of_labels + of_clusters) / 2
    # Both all in one group, or both each alone: the same, and by chance as well.
    value = 1.0 if np.isclose(most, chance) else (together - chance) / (most - chance)
    checked = tuple(look(table) for look in VALID_FOR)
    return Score("adjusted rand index", value, 1.0, {"table": table}, checked)
