"""Whether the tokens of images form clusters that are tight, apart, and in many dimensions."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import cdist

from ssl_theory.arrays import check_embeddings
from ssl_theory.diagnostics.clid import k_means
from ssl_theory.diagnostics.rank import effective_rank
from ssl_theory.diagnostics.unit_rows import unit_rows

__all__ = ["DenseStructure", "dense_structure"]


@dataclass(frozen=True)
class DenseStructure:
    """The three parts of the dense representation structure estimator."""

    apart: float  # distance to the nearest other cluster, over the mean distance from the mean
    spread: float  # radius of clusters, likewise: the mean of those of images and of groups
    dimension: float  # effective rank of a token of each image, as a share of the most

    def score(self, weight: float = 1.0) -> float:
        """``apart - spread + weight * dimension``; the larger, the better for dense tasks."""
        return self.apart - self.spread + weight * self.dimension


def dense_structure(
    tokens: Any,
    *,
    of_image: int = 3,
    of_group: int = 24,
    group: int = 8,
    normalise: bool = False,
    seed: int = 0,
) -> DenseStructure:
    r"""The parts of DSE, whose ``score`` ranks checkpoints for dense tasks without labels.

    Clusters of k-means stand for classes: within each image, and within groups of images. A
    cluster's radius is the nuclear norm of its centred tokens over
    :math:`\sqrt{\max(n - 1, d)}`; how far clusters are apart is the mean distance of a token from
    the nearest centre but its own; both in units of the mean distance from the mean. The dimension
    is the exponential of the entropy of singular values, about the origin, of one random token of
    each image, over ``min(images, d)``, averaged over tokens. [dai2025degradation]

    The score's weight is 1 in the authors' code; for their tables they choose it so that both
    terms vary alike over the checkpoints that are compared. Two random choices enter, the first
    centres and which token is taken: *repeat with other seeds, and report how far they differ*.
    There is no reference law: k-means finds clusters in noise too, so compare checkpoints with
    equal numbers only. Unchanged by rotation and units (but for ties in k-means); by translation
    only as far as the dimension allows, which is about the origin. Costs k-means of all tokens.

    Parameters
    ----------
    tokens
        Embeddings ``(images, tokens, dimensions)``.
    of_image, of_group
        Clusters within each image, and within each group of images.
    group
        Images to a group.
    normalise
        Whether tokens are brought to length 1 first.
    seed
        Of the first centres, and of which token stands where.

    Examples
    --------
    Three points in every image, each of them four times:

    >>> corners = np.repeat(np.eye(3), 4, axis=0)
    >>> found = dense_structure(np.stack([corners] * 6), of_group=3)
    >>> round(found.apart / 3**0.5, 12), round(found.spread, 12)
    (1.0, 0.0)
    """
    if len(np.shape(tokens)) != 3:
        raise ValueError(
            f"`tokens` must have shape (images, tokens, dimensions), got {np.shape(tokens)}. Keep "
            "the tokens of each image together."
        )
    images, n, d = np.shape(tokens)
    if images < 2 or group < 1:
        raise ValueError(
            f"`tokens` must be of at least 2 images, in groups of at least 1, got {images} in "
            f"groups of {group}. Give more images."
        )
    held = tokens if hasattr(tokens, "reshape") else np.array(tokens)
    flat = np.asarray(check_embeddings(held.reshape(-1, d), "tokens"), np.float64)
    x = (unit_rows(flat, "tokens") if normalise else flat).reshape(images, n, d)
    generator = np.random.default_rng(seed)
    unit = np.linalg.norm(x - x.mean((0, 1)), axis=2).mean()
    if not unit > 0:
        raise ValueError(
            f"`tokens` must vary, got {images * n} that coincide: they have no distance to be "
            "measured in. Treat this as collapse to a point."
        )
    within_images = [np.mean(_radii(rows, *_clusters(rows, of_image, generator))) for rows in x]
    within_groups: list[float] = []
    apart = []
    for start in range(0, images, group):
        rows = x[start : start + group].reshape(-1, d)
        labels, centres = _clusters(rows, of_group, generator)
        within_groups += _radii(rows, labels, centres)
        distances = cdist(rows, centres)
        distances[np.arange(len(rows)), labels] = np.inf
        apart.append(distances.min(1).mean())
    mixed = np.stack([rows[generator.permutation(n)] for rows in x], axis=1)
    most = min(images, d)
    ranks = [effective_rank(rows, of="deviation", centred=False) / most for rows in mixed]
    spread = (np.mean(within_images) + np.mean(within_groups)) / 2
    return DenseStructure(float(np.mean(apart) / unit), float(spread / unit), float(np.mean(ranks)))


def _clusters(
    rows: NDArray[np.float64], clusters: int, generator: np.random.Generator
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    found = k_means(rows, clusters, seed=int(generator.integers(2**31)))
    _, labels = np.unique(found, return_inverse=True)
    centres = np.zeros((labels.max() + 1, rows.shape[1]))
    np.add.at(centres, labels, rows)
    return labels, centres / np.bincount(labels)[:, None]


def _radii(
    rows: NDArray[np.float64], labels: NDArray[np.intp], centres: NDArray[np.float64]
) -> list[float]:
    radii = []
    for label, centre in enumerate(centres):
        members = rows[labels == label] - centre
        if len(members) > 1:
            nuclear = np.linalg.svd(members, compute_uv=False).sum()
            radii.append(float(nuclear / max(len(members) - 1, members.shape[1]) ** 0.5))
    return radii or [0.0]
