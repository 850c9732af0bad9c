"""The dimension that the two nearest neighbours of each item tell."""

from typing import Any, Literal

import numpy as np

from ssl_theory.diagnostics.neighbours import Duplicates, distinct_rows, nearest_neighbours

__all__ = ["two_nn"]


def two_nn(
    z: Any,
    *,
    discard: float = 0.1,
    fit: Literal["line", "likelihood"] = "line",
    duplicates: Duplicates = "refuse",
) -> float:
    r"""The intrinsic dimension, from how much further the second neighbour is than the first.

    Where items are spread evenly as far as the second neighbour, the ratio of the distances has
    :math:`P(\mu > x) = x^{-d}`, whatever the density. [facco2017estimating] With ``n`` items the
    relative standard error is about ``1 / sqrt(n)``; that items are too few to be evenly spread
    as far as that biases it downwards from some ten dimensions on (20 Gaussian ones read as 17
    with 2,000 items). Unchanged by isometries and units, not by other linear maps.

    Parameters
    ----------
    z
        Embeddings ``(items, dimensions)``.
    discard
        The share of items with the largest ratios to leave out; 0.1 in the paper.
    fit
        ``line``: least squares through the origin of minus the logarithm of the empirical
        tail, ``1 - i / n``, on that of the ratio, as in the paper. ``likelihood``: without bias
        for independent ratios, knowing of those left out that they are larger.
    duplicates
        What to do about equal items, whose ratios are infinite or undefined.

    Examples
    --------
    Two pairs on a line, with ratios 7 / 2, 5 / 2, 5 / 2 and 7 / 2, all kept:

    >>> z = [[0.0], [2.0], [7.0], [9.0]]
    >>> expected = 3 / float(np.log([3.5, 2.5, 2.5, 3.5]).sum())
    >>> round(two_nn(z, discard=0.0, fit="likelihood") / expected, 12)
    1.0
    """
    if fit not in ("line", "likelihood"):
        raise ValueError(f'`fit` must be "line" or "likelihood", got {fit!r}. Use the line.')
    z = distinct_rows(z, duplicates)
    n = len(z)
    kept = int(n * (1 - discard)) if 0 <= discard < 1 else 0
    if kept < 2 or (fit == "line" and kept == n):
        raise ValueError(
            f"`discard` must leave at least 2 of {n} items, and for a line leave one out, got "
            f"{discard}. Use 0.1."
        )
    distances, _ = nearest_neighbours(z, 2)
    logs = np.sort(np.log(distances[:, 1] / distances[:, 0]))[:kept]
    if not logs[-1] > 0:
        raise ValueError(
            "`z` must have items with two neighbours at different distances, got only equal ones: "
            "a lattice has no such dimension. Give items that vary."
        )
    if fit == "likelihood":
        return float((kept - 1) / (logs.sum() + (n - kept) * logs[-1]))
    tail = -np.log1p(-np.arange(1, kept + 1) / n)
    return float(logs @ tail / (logs @ logs))
