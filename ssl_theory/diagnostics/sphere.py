"""Whether embeddings point in all directions alike."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from ssl_theory.arrays import check_embeddings
from ssl_theory.diagnostics.unit_rows import unit_rows
from ssl_theory.nulls.sphere import bingham_p_value, rayleigh_p_value

__all__ = ["UniformityTests", "coordinate_deviation", "mean_cosine", "self_cluster", "sphere_tests"]


@dataclass(frozen=True)
class UniformityTests:
    """Chances that uniform directions would show as much preference."""

    rayleigh: float  # for one direction over its opposite
    bingham: float  # for some axes over others


def mean_cosine(z: Any) -> float:
    r"""The mean cosine between different items: the "anisotropy" of contextual embeddings.

    0 in expectation for uniform directions, 1 if all agree, and never below ``-1 / (n - 1)``.
    Found from the mean direction :math:`\bar u`, without ``n^2`` cosines:
    :math:`(n |\bar u|^2 - 1) / (n - 1)`. [ethayarajh2019contextual]

    Unchanged by rotation and the length of each item; changed by translation, which is what it
    is mostly about, and by duplicates.

    >>> round(mean_cosine([[1.0, 0.0], [0.0, 2.0], [-3.0, 0.0], [0.0, -4.0]]), 12)
    -0.333333333333
    """
    u = unit_rows(z)
    n, mean = len(u), u.mean(0)
    return float((n * (mean @ mean) - 1) / (n - 1))


def self_cluster(z: Any, *, centred: bool = False) -> float:
    r"""How far squared cosines exceed those of uniform directions, as a share of the most.

    :math:`(A - E) / (n^2 - E)` with :math:`A = \sum_{ij} (u_i \cdot u_j)^2` and its expectation
    :math:`E = n + n(n - 1)/d`. 1 if all items lie on one line, 0 in expectation if they are
    spread uniformly. :math:`A = n^2 \operatorname{tr} M^2` with the second moment ``M`` of the
    directions, so that no ``n^2`` cosines are needed and the value is a participation ratio in
    other words. [tsitsulin2023unsupervised]

    Codes exist that forget the square of the norm, and are wrong. Unchanged by rotation and the
    length of each item; changed by duplicates, and by translation unless ``centred`` (which the
    paper's code offers, and leaves off).

    >>> round(self_cluster([[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]]), 12)
    -0.333333333333
    """
    z = np.asarray(check_embeddings(z), np.float64) if centred else z
    u = unit_rows(z - z.mean(0) if centred else z)
    n, d = u.shape
    expected = n + n * (n - 1) / d
    return float((_squared_cosines(u) - expected) / (n * n - expected)) if d > 1 else 1.0


def coordinate_deviation(z: Any, *, ddof: Literal[0, 1] = 1) -> float:
    r"""The standard deviation of coordinates of items of length 1, averaged over coordinates.

    SimSiam's monitor: :math:`1 / \sqrt d` for items spread evenly, 0 on collapse to a point.
    lightly reports the "collapse level" :math:`\max(0, 1 - \sqrt d\,s)`. [chen2021simsiam]

    It is at most :math:`\sqrt{(1 - |\bar u|^2) / d}` (``ddof=0``), and equal to it if all
    coordinates vary equally: it sees a mean, and axes that vary unequally, but in a generic basis
    it is blind to lost dimensions. Unchanged by the length of each item and by duplicates
    (``ddof=0``), but not by rotation. torch's default, and lightly's, is ``ddof=1``.

    >>> round(coordinate_deviation([[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0], [0.0, -1.0]], ddof=0), 6)
    0.707107
    """
    if ddof not in (0, 1):
        raise ValueError(f"`ddof` must be 0 or 1, got {ddof}. Use 1, as lightly does.")
    return float(unit_rows(z).std(0, ddof=ddof).mean())


def sphere_tests(z: Any) -> UniformityTests:
    r"""Rayleigh's test of the mean direction, and Bingham's of the second moment.

    Each is chi-squared in the limit of many items; both are blind to what the other sees, and
    neither minds how many dimensions there are. Duplicates count as evidence.

    >>> two_axes = np.random.default_rng(0).standard_normal((200, 4)) * [3, 3, 1, 1]
    >>> found = sphere_tests(two_axes)
    >>> found.rayleigh > 0.05, found.bingham < 1e-9
    (True, True)
    """
    u = unit_rows(z)
    (n, d), mean = u.shape, u.mean(0)
    return UniformityTests(
        rayleigh_p_value(float(mean @ mean), n, d),
        bingham_p_value(_squared_cosines(u) / n**2, n, d) if d > 1 else 1.0,
    )


def _squared_cosines(u: np.ndarray) -> float:
    fewer = u if len(u) < u.shape[1] else u.T
    return float(np.square(fewer @ fewer.T).sum())
