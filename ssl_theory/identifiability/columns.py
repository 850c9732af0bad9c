"""Columns of items made comparable: unit variance, ranks, correlations, directions."""

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

__all__ = ["correlations", "effective_rank", "held_out", "ranked", "standardised", "varies"]

Matrix = NDArray[np.float64]


def standardised(x: Matrix) -> Matrix:
    """Every column with mean 0 and mean square 1; one that does not vary becomes 0.

    >>> standardised(np.array([[1.0, 5.0], [3.0, 5.0]])).tolist()
    [[-1.0, 0.0], [1.0, 0.0]]
    """
    living, centred = varies(x), x - x.mean(0)
    deviation = np.sqrt(np.square(centred).mean(0))
    return np.where(living, centred / np.where(living, deviation, 1.0), 0.0)


def varies(x: Matrix) -> NDArray[np.bool_]:
    """Whether the numbers of a column differ by more than rounding.

    >>> varies(np.array([[1.0, 5.0], [3.0, 5.0]])).tolist()
    [True, False]
    """
    return np.ptp(x, axis=0) > 8 * np.finfo(np.float64).eps * np.abs(x).max(0)


def ranked(x: Matrix) -> Matrix:
    """Every number replaced by its rank within the column, ties by their mean rank.

    >>> ranked(np.array([[10.0], [30.0], [30.0]])).ravel().tolist()
    [1.0, 2.5, 2.5]
    """
    return rankdata(x, axis=0)


def correlations(x: Matrix, y: Matrix, *, ranks: bool = False) -> Matrix:
    """Of every column of ``x`` with every column of ``y``; 0 with a constant.

    Pearson's, or with ``ranks`` Spearman's, which no increasing map of a column changes.

    >>> x = np.array([[0.0], [1.0], [2.0]])
    >>> correlations(x, np.exp(9 * x), ranks=True).round(12).tolist()
    [[1.0]]
    """
    if ranks:
        x, y = ranked(x), ranked(y)
    return standardised(x).T @ standardised(y) / len(x)


def effective_rank(x: Matrix) -> float:
    r"""How many uncorrelated columns would spread as these do, all in units of their deviation.

    The exponential of the entropy of the shares of variance along the principal axes of the
    standardised columns. [roy2007effective]

    >>> round(effective_rank(np.array([[1.0, 1, 7], [1, -1, 7], [-1, 1, 7], [-1, -1, 7]])), 12)
    2.0
    """
    sizes = np.square(np.linalg.svd(standardised(x), compute_uv=False))
    shares = sizes[sizes > sizes[0] * np.finfo(np.float64).eps]
    shares = shares / shares.sum()
    return float(np.exp(-np.sum(shares * np.log(shares)))) if len(shares) else 0.0


def held_out(n: int, share: float, seed: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Items to fit on and items to score on: the same ones if ``share`` is 0, else disjoint.

    >>> [len(part) for part in held_out(8, 0.25, seed=0)]
    [6, 2]
    """
    if not 0 <= share < 1:
        raise ValueError(f"`test_share` must lie in [0, 1), got {share}. Use 0.25.")
    if share == 0:
        return np.arange(n), np.arange(n)
    tested = round(share * n)
    if min(tested, n - tested) < 2:
        raise ValueError(
            f"`latents` must hold at least 2 items to fit on and 2 to score on, got {n} and "
            f"`test_share` {share}. Give more items."
        )
    order = np.random.default_rng(seed).permutation(n)
    return np.sort(order[tested:]), np.sort(order[:tested])
