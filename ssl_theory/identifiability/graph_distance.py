"""How many edges stand between a graph and an estimate of it."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ssl_theory.identifiability.score import Finding, Score

__all__ = ["structural_hamming_distance"]


def structural_hamming_distance(
    graph: ArrayLike,
    estimate: ArrayLike,
    *,
    permutation: ArrayLike | None = None,
    reversal: int = 1,
) -> Score:
    r"""Edges to add, to take away or to turn around until the estimate is the graph: SHD.

    Graphs are square arrays of truth values, ``[i, j]`` for an edge from ``i`` to ``j``. An edge
    that points the wrong way costs ``reversal``: 1 in [tsamardinos2006max], 2 where graphs are
    compared entry by entry, as of masks (where a diagonal entry, a loop, costs 1). It is not
    adjusted for chance: of sparse graphs, no edges at all is near. Precision, recall and F1 of
    edges stand beside it, and ``empty``, what no edges would cost.

    Parameters
    ----------
    graph, estimate
        The true one and the one found.
    permutation
        The node of the estimate for each of the graph, such as the part ``permutation`` of a
        :class:`~ssl_theory.identifiability.mean_correlation.MeanCorrelation`; else in order.
    reversal
        1 or 2.

    Examples
    --------
    One edge is missing and one is turned around.

    >>> graph, estimate = [[0, 1, 1], [0, 0, 0], [0, 0, 0]], [[0, 0, 0], [1, 0, 0], [0, 0, 0]]
    >>> structural_hamming_distance(graph, estimate).value
    2.0
    """
    wanted, found = (_adjacency(x, name) for x, name in ((graph, "graph"), (estimate, "estimate")))
    if wanted.shape != found.shape:
        raise ValueError(
            f"`graph` and `estimate` must have equally many nodes, got {len(wanted)} and "
            f"{len(found)}. Add nodes without edges."
        )
    if reversal not in (1, 2):
        raise ValueError(f"`reversal` must be 1 or 2, got {reversal}. Use 1 for directed graphs.")
    order = np.arange(len(found)) if permutation is None else np.asarray(permutation)
    if sorted(order.tolist()) != list(range(len(found))):
        raise ValueError(
            f"`permutation` must name each of the {len(found)} nodes once, got {order.tolist()}. "
            "Match all of them first."
        )
    found = found[np.ix_(order, order)]
    wrong = wanted ^ found
    turned = int(np.sum(wrong & wrong.T & (wanted ^ wanted.T) & (found ^ found.T)) / 2)
    distance = int(wrong.sum()) - (2 - reversal) * turned
    right = int((wanted & found).sum())
    edges, claimed = int(wanted.sum()), int(found.sum())
    parts: dict[str, Any] = {
        "missing": int((wanted & ~found).sum()) - turned,
        "added": int((found & ~wanted).sum()) - turned,
        "turned": turned,
        "precision": right / claimed if claimed else 0.0,
        "recall": right / edges if edges else 0.0,
        "f1": 2 * right / (edges + claimed) if edges + claimed else 1.0,
        "empty": edges,
    }
    finding = Finding(
        "an estimate nearer than no edges",
        distance < edges or not edges,
        f"no edges at all would cost {edges}, the estimate costs {distance}.",
    )
    return Score("structural hamming distance", float(distance), 0.0, parts, (finding,))


def _adjacency(graph: ArrayLike, name: str) -> NDArray[np.bool_]:
    matrix = np.asarray(graph)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        raise ValueError(
            f"`{name}` must be a square array of truth values, one row and column a node, got "
            f"shape {matrix.shape}."
        )
    if not np.isin(matrix, (0, 1)).all():
        raise ValueError(
            f"`{name}` must hold 0 and 1 or truth values, got others: weights are no edges yet. "
            f"Choose a threshold: abs({name}) > 0.5."
        )
    return matrix.astype(bool)
