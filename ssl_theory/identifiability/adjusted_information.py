"""What two groupings tell of each other, beyond chance."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from ssl_theory.identifiability.labels import VALID_FOR, contingency
from ssl_theory.identifiability.score import Score

__all__ = ["adjusted_mutual_information", "expected_information"]


def adjusted_mutual_information(labels: Any, clusters: Any) -> Score:
    r"""Mutual information less its mean over random matchings, in units of what is left.

    .. math:: \frac{I - E[I]}{\tfrac12 (H_1 + H_2) - E[I]}

    1 where the groups are the same whatever their names, 0 on average where clusters are dealt at
    random. The normalised information that is not adjusted (the part ``normalised``) grows with
    the number of clusters, to nearly 1 where every item is its own. [vinh2010information]

    Parts: ``table``; in nats ``information``, ``by_chance`` and the ``entropies`` of both;
    ``normalised``, :math:`2I/(H_1 + H_2)`.

    >>> adjusted_mutual_information([0, 0, 1, 1], ["b", "b", "a", "a"]).value
    1.0
    """
    table = contingency(labels, clusters)
    entropies = _entropy(table.sum(1)), _entropy(table.sum(0))
    information = max(0.0, entropies[0] + entropies[1] - _entropy(table.ravel()))
    chance, most = expected_information(table), sum(entropies) / 2
    same = np.isclose(most, information, rtol=0, atol=1e-12)
    value = 1.0 if same else (information - chance) / (most - chance)
    parts = {
        "table": table,
        "information": information,
        "by_chance": chance,
        "entropies": entropies,
        "normalised": 1.0 if same else information / most,
    }
    checked = tuple(look(table) for look in VALID_FOR)
    return Score("adjusted mutual information", float(value), 1.0, parts, checked)


def expected_information(table: NDArray[np.int64]) -> float:
    r"""The mean information in nats of groups of these sizes that are matched at random.

    The sum of :math:`\frac mn \log\frac{nm}{ab}` over cells and over counts ``m`` in them, which
    are hypergeometric.

    >>> round(expected_information(np.array([[1, 0], [0, 1]])), 3)
    0.693
    """
    n = int(table.sum())
    total = 0.0
    for a in table.sum(1):
        for b in table.sum(0):
            m = np.arange(max(1, a + b - n), min(a, b) + 1)
            log_share = (
                gammaln(a + 1) + gammaln(b + 1) + gammaln(n - a + 1) + gammaln(n - b + 1)
            ) - (
                gammaln(n + 1)
                + gammaln(m + 1)
                + gammaln(a - m + 1)
                + gammaln(b - m + 1)
                + gammaln(n - a - b + m + 1)
            )
            total += float(np.sum(m / n * np.log(n * m / (a * b)) * np.exp(log_share)))
    return total


def _entropy(counts: NDArray[np.int64]) -> float:
    shares = counts[counts > 0] / counts.sum()
    return float(-np.sum(shares * np.log(shares)))
