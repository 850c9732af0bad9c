"""Whether some items have directions all to themselves."""

from typing import Any

import numpy as np

from ssl_theory.arrays import check_embeddings
from ssl_theory.diagnostics.spectrum import spectrum

__all__ = ["coherence"]


def coherence(z: Any, *, centred: bool = False) -> float:
    r"""The largest leverage of an item over the mean one, :math:`\tfrac{n}{r} \max_i |U_i|^2`.

    ``U`` holds the left singular vectors of the ``r`` resolved directions, and :math:`|U_i|^2`
    says how much of its own fitted value item ``i`` decides in a linear probe. Between 1, where
    all items matter alike, and ``n / r``, where one item is all there is along some direction.
    [tsitsulin2023unsupervised]

    The paper's code keeps the mean, and divides by ``d`` where a direction is lost. Unchanged by
    any invertible linear map of the items, and by translation if centred; changed by duplicates
    of single items, not of all. Costs a singular value decomposition.

    >>> round(coherence([[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]]), 12)
    1.0
    """
    rank = spectrum(z, centred=centred).resolved_rank
    if not rank:
        raise ValueError(
            f"`z` must vary by more than rounding, got {len(z)} items that coincide: there is no "
            "direction to have. Treat this as rank 0."
        )
    rows = np.asarray(check_embeddings(z), np.float64)
    rows = rows - rows.mean(0) if centred else rows
    left = np.linalg.svd(rows, full_matrices=False)[0][:, :rank]
    return float(len(rows) / rank * np.square(left).sum(1).max())
