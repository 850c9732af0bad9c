"""How much items differ within groups, beside how much the groups do."""

import numpy as np
from numpy.typing import NDArray

__all__ = ["centred", "log_variance_ratio"]

FLOOR = 1e-12  # of either to the total: nearer to nothing than arithmetic tells


def centred(z: NDArray) -> NDArray[np.float64]:
    """The items about their mean, exactly zero if all are equal.

    >>> centred(np.full((3, 1), 0.1)).ravel().tolist()
    [0.0, 0.0, 0.0]
    """
    z = z - z[0]
    return z - z.mean(0)


def log_variance_ratio(z: NDArray, groups: NDArray) -> float:
    r"""The logarithm of the mean square within groups over that between them.

    The log odds of the share of the variance that is within, up to a constant: with :math:`g`
    groups of :math:`n` items, :math:`\log \frac{SS_w / (n - g)}{SS_b / (g - 1)}`, which is minus
    the logarithm of the analysis of variance's F, summed over dimensions. It is near 0 if groups
    are drawn at random, and lower the more alike the items of a group are. NaN if there is one
    group, or no group of two.

    >>> round(log_variance_ratio(np.array([[0.0], [2.0], [4.0], [6.0]]), np.array([0, 0, 1, 1])), 6)
    -2.079442
    """
    _, codes = np.unique(groups, return_inverse=True)
    counts = np.bincount(codes)
    between, within = len(counts) - 1, len(z) - len(counts)
    if not between or not within:
        return float("nan")
    z = centred(z)
    total = np.square(z).sum()
    starts = np.cumsum(counts) - counts
    sums = np.add.reduceat(z[np.argsort(codes, kind="stable")], starts)
    apart = np.square(sums / np.sqrt(counts)[:, None]).sum()
    if not total:
        return 0.0
    inside = max((total - apart) / total, FLOOR) / within
    outside = max(apart / total, FLOOR) / between
    return float(np.log(inside / outside))
