"""Whether representations are rich and their clusters easy to learn: a comparison of models."""

import warnings
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.cluster.vq import kmeans2
from scipy.spatial.distance import cdist

from ssl_theory.arrays import check_embeddings
from ssl_theory.diagnostics.neighbours import nearest_neighbours

__all__ = ["clid", "cluster_learnability", "k_means"]


def clid(dimensions: ArrayLike, learnabilities: ArrayLike) -> NDArray[np.float64]:
    """Intrinsic dimension plus cluster learnability, each in standard deviations over models.

    The dimension by :func:`~ssl_theory.diagnostics.two_nn.two_nn`, the learnability by
    :func:`cluster_learnability`, of the same items in every model. A rank among models and no
    property of one: another model in the list changes all values. [lu2022clid]

    >>> clid([10.0, 30.0], [0.5, 0.9]).round(9).tolist()
    [-2.0, 2.0]
    """
    both = np.array([dimensions, learnabilities], dtype=float)
    if both.ndim != 2 or both.shape[1] < 2:
        raise ValueError(
            f"`dimensions` and `learnabilities` must be of 2 models or more, got shape "
            f"{both.shape[1:]}: a single one has no deviation. Compare it with others."
        )
    deviations = both.std(1, keepdims=True)
    if not deviations.all():
        raise ValueError(
            "`dimensions` and `learnabilities` must differ between models, got equal ones: they "
            "rank none. Compare other models."
        )
    return ((both - both.mean(1, keepdims=True)) / deviations).sum(0)


def cluster_learnability(
    z: Any, *, clusters: int = 100, neighbours: int = 1, seed: int = 0
) -> float:
    """The share of items whose nearest others tell which cluster of k-means they are in.

    A majority of ``neighbours`` decides, of equal ones the nearer. Each item is held out in turn,
    so that no order or split is drawn. Chance is the sum of squared shares of the clusters.
    Noise is far above chance, in few dimensions near 1, since clusters of k-means are convex:
    the value says how well neighbourhoods are separated, not that they mean something.
    Unchanged by isometries and units, but for how rounding breaks ties of k-means.
    [lu2022clid]

    >>> z = np.repeat([[0.0], [10.0], [20.0]], 4, axis=0) + 0.1 * np.arange(12)[:, None]
    >>> cluster_learnability(z, clusters=3)
    1.0
    """
    z = np.asarray(check_embeddings(z), np.float64)
    labels = k_means(z, clusters, seed=seed)
    _, nearest = nearest_neighbours(z, neighbours)
    votes = labels[nearest]
    counts = (votes[:, :, None] == votes[:, None, :]).sum(1)
    elected = votes[np.arange(len(z)), counts.argmax(1)]
    return float(np.mean(elected == labels))


def k_means(z: NDArray[np.float64], clusters: int, *, seed: int = 0) -> NDArray[np.intp]:
    """Which of ``clusters`` an item is in, by Lloyd's iteration from spread-out items.

    Each first centre is drawn with a chance in proportion to its squared distance from the
    nearest one so far. [arthur2007kmeans]
    """
    once = len(np.unique(z, axis=0))
    if not 2 <= clusters <= once:
        raise ValueError(
            f"`clusters` must lie between 2 and the {once} distinct items, got {clusters}. "
            "Use a few items per cluster or more."
        )
    generator = np.random.default_rng(seed)
    centres = [z[generator.integers(len(z))]]
    squares = np.full(len(z), np.inf)
    while len(centres) < clusters:
        squares = np.minimum(squares, cdist(z, centres[-1:], "sqeuclidean")[:, 0])
        centres.append(z[generator.choice(len(z), p=squares / squares.sum())])
    with warnings.catch_warnings():  # a cluster that loses all its items stays empty
        warnings.simplefilter("ignore", UserWarning)
        return kmeans2(z, np.array(centres), iter=100, minit="matrix")[1].astype(np.intp)
