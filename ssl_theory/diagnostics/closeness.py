"""How close partners are, and how evenly embeddings cover the sphere: Wang and Isola's metrics."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ssl_theory.arrays import check_embeddings, check_views
from ssl_theory.diagnostics.unit_rows import unit_rows

__all__ = ["alignment", "uniformity"]

LARGEST = 1e150  # its square is near the end of float64
BLOCK = 1024  # rows of the matrix of distances at a time


def alignment(z: Any, w: Any, *, power: float = 2.0, normalise: bool = True) -> float:
    r"""``mean_i |z_i - w_i|^power``: 0 if partners coincide, 2 on average if they are unrelated.

    With unit rows and ``power=2`` this is ``2 - 2 mean cosine``. [wang2020alignuniform]

    >>> alignment([[1.0, 0.0], [0.0, 2.0]], [[0.0, 1.0], [0.0, 1.0]])
    1.0
    """
    z, w = (np.asarray(view, np.float64) for view in check_views(z, w))
    if normalise:
        z, w = unit_rows(z, "z"), unit_rows(w, "w")
    return float(np.mean(np.square(z - w).sum(1) ** (power / 2)))


def uniformity(z: Any, *, t: float = 2.0, normalise: bool = True) -> float:
    r"""``log mean_{i != j} exp(-t |z_i - z_j|^2)``: the lower, the more evenly spread.

    Between 0, for embeddings that coincide, and about ``-2 t``: in high dimension everything that
    is spread at all is near it, so the number cannot see a loss of dimensions there. Compare it
    with :func:`~ssl_theory.nulls.sphere.sphere_uniformity`. An item is not compared with itself,
    so that the value does not depend on how many items there are. [wang2020alignuniform]

    Parameters
    ----------
    z
        Embeddings ``(items, dimensions)``.
    t
        The sharpness of the potential; 2 in the paper.
    normalise
        Whether to put embeddings on the unit sphere first, where the metric is defined.

    Examples
    --------
    Two antipodal points are a distance 2 apart:

    >>> uniformity([[3.0, 0.0], [-5.0, 0.0]])
    -8.0
    """
    z = np.asarray(check_embeddings(z), np.float64)
    z = unit_rows(z) if normalise else z - z.mean(0)
    if np.abs(z).max() > LARGEST:
        raise ValueError(
            f"`z` must be below {LARGEST:g} to have squared distances, got {np.abs(z).max():.3g}. "
            "Divide it by its size, or pass normalise=True."
        )
    n, squares = len(z), np.square(z).sum(1)
    log_sums = []
    for start in range(0, n, BLOCK):
        rows = slice(start, start + BLOCK)
        potential = -t * (squares[rows, None] + squares - 2 * z[rows] @ z.T).clip(min=0)
        potential[np.arange(len(potential)), np.arange(start, start + len(potential))] = -np.inf
        log_sums.append(_log_sum(potential, axis=1))
    return float(_log_sum(np.concatenate(log_sums), axis=0) - np.log(n) - np.log(n - 1))


def _log_sum(logs: NDArray[np.float64], axis: int) -> NDArray[np.float64]:
    top = logs.max(axis, keepdims=True)
    return np.log(np.exp(logs - top).sum(axis)) + top.squeeze(axis)
