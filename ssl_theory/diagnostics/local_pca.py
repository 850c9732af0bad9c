"""The dimension of the plane that the neighbours of each item nearly lie in."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ssl_theory.diagnostics.neighbours import Duplicates
from ssl_theory.diagnostics.patches import over_patches

__all__ = ["local_pca_dimensions"]

RULES = ("threshold", "share", "mean", "broken stick", "gap", "participation")


def local_pca_dimensions(
    z: Any,
    *,
    neighbours: int = 100,
    rule: str = "threshold",
    level: float | None = None,
    duplicates: Duplicates = "refuse",
) -> NDArray[np.float64]:
    r"""How many principal variances of each neighbourhood count, by one of six rules.

    ==============  =======================================================  ===================
    rule            a principal variance counts                              who uses it
    ==============  =======================================================  ===================
    threshold       above a share ``level`` of the largest (0.05)            Fukunaga and Olsen;
                                                                             scikit-dimension
    share           until those before it sum to the share ``level`` (0.95)  most of the field;
                                                                             scikit-dimension has
                                                                             a default of 0.05
    mean            above the mean                                           Kaiser
    broken stick    as long as shares exceed those of a stick broken at      Frontier
                    random
    gap             up to the largest ratio of one to the next
    participation   in part: their participation ratio
    ==============  =======================================================  ===================

    The neighbours are taken about their own mean, the item left out, so they show ``k - 1``
    directions at most and few of them show fewer: take several times the dimension. Curvature adds
    directions as neighbourhoods grow, and *noise adds all of them* as they shrink: there is no
    reference law, because what counts is a decision. Unchanged by isometries and units. Costs all
    distances and the singular values of every neighbourhood. [fukunaga1971intrinsic]

    >>> z = np.random.default_rng(0).uniform(size=(300, 2)) @ [[1.0, 2, 0], [0, 1, 3]]
    >>> set(local_pca_dimensions(z, neighbours=20).tolist())
    {2.0}
    """
    if rule not in RULES:
        raise ValueError(f"`rule` must be one of {', '.join(RULES)}, got {rule!r}. Use threshold.")
    if level is not None and (rule not in ("threshold", "share") or not 0 < level < 1):
        raise ValueError(
            f"`level` must lie between 0 and 1 for threshold and share, and be left out for other "
            f"rules, got {level} for {rule}. Leave it out."
        )
    chosen = level if level is not None else {"threshold": 0.05, "share": 0.95}.get(rule, 0.0)

    def dimensions(apart: NDArray[np.float64]) -> NDArray[np.float64]:
        rows = apart - apart.mean(1, keepdims=True)
        shown = min(rows.shape[1] - 1, rows.shape[2])
        variances = np.linalg.svd(rows, compute_uv=False)[:, :shown] ** 2
        return _counted(variances / variances.sum(1, keepdims=True), rule, chosen)

    return over_patches(dimensions, z, neighbours, fewest=3, duplicates=duplicates)


def _counted(shares: NDArray[np.float64], rule: str, level: float) -> NDArray[np.float64]:
    d = shares.shape[1]
    if rule == "threshold":
        return (shares > level * shares[:, :1]).sum(1).astype(float)
    if rule == "share":
        return 1.0 + (np.cumsum(shares, 1)[:, :-1] < level).sum(1)
    if rule == "mean":
        return (shares > 1 / d).sum(1).astype(float)
    if rule == "broken stick":
        stick = np.cumsum(1 / np.arange(d, 0, -1))[::-1] / d
        return np.cumprod(shares > stick, axis=1).sum(1).astype(float)
    if rule == "participation":
        return 1 / np.square(shares).sum(1)
    # What rounding leaves of a lost direction has no ratio to anything.
    resolved = shares > d * np.finfo(np.float64).eps
    with np.errstate(divide="ignore", invalid="ignore"):
        gaps = np.where(resolved[:, :-1], shares[:, :-1] / (shares[:, 1:] * resolved[:, 1:]), 0.0)
    return np.where(d > 1, 1.0 + gaps.argmax(1) if d > 1 else 1.0, 1.0)
