"""Means of classes of embeddings, and what they are once noise in them is accounted for."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from ssl_theory.arrays import check_embeddings

__all__ = ["Classes", "class_sums", "classes"]


@dataclass(frozen=True, eq=False)
class Classes:
    """What is asked of embeddings with labels: counts, means and scatter of every class."""

    names: NDArray  # (c,), sorted
    members: NDArray[np.intp]  # (n,): which class an item belongs to
    counts: NDArray[np.intp]  # (c,)
    means: NDArray[np.float64]  # (c, d), less the mean of all items
    residuals: NDArray[np.float64]  # (n, d): items less the means of their classes

    @property
    def variances(self) -> NDArray[np.float64]:
        """The mean squared distance from the mean of each class, unbiased."""
        squares = np.bincount(self.members, np.square(self.residuals).sum(1))
        return squares / (self.counts - 1)

    def gram(self, *, debiased: bool = True) -> NDArray[np.float64]:
        r"""Inner products ``(c, c)`` of class means, their unweighted mean taken off.

        A mean of :math:`n_c` items is off by noise of variance :math:`\sigma_c^2 / n_c`, which
        adds to its squared length. Debiased, that is taken off the diagonal before centring, and
        every entry is unbiased; a squared length may then be negative.
        """
        products = self.means @ self.means.T
        if debiased:
            products = products - np.diag(self.variances / self.counts)
        rows = products - products.mean(0)
        return rows - rows.mean(1, keepdims=True)


def classes(z: Any, labels: ArrayLike, *, fewest: int = 2) -> Classes:
    """Embeddings sorted out by their labels.

    Parameters
    ----------
    z
        Embeddings ``(items, dimensions)``.
    labels
        One for each item, of any kind that can be sorted.
    fewest
        Items that every class must have.

    Examples
    --------
    >>> found = classes([[0.0], [2.0], [5.0], [7.0]], ["a", "a", "b", "b"])
    >>> found.means.ravel().tolist(), found.variances.tolist()
    ([-2.5, 2.5], [2.0, 2.0])
    """
    z = np.asarray(check_embeddings(z), np.float64)
    labels = np.asarray(labels)
    if labels.shape != (len(z),):
        raise ValueError(
            f"`labels` must hold one label for each of the {len(z)} items, got shape "
            f"{labels.shape}. Pass labels[:len(z)] only if the rest belongs to other items."
        )
    names, members = np.unique(labels, return_inverse=True)
    counts = np.bincount(members)
    if len(names) < 2 or counts.min() < fewest:
        least = names[counts.argmin()]
        raise ValueError(
            f"`labels` must name at least 2 classes of at least {fewest} items, got {len(names)} "
            f"classes, {least!s} with {counts.min()} items. Drop the classes that are too small."
        )
    # About the mean of all, so that an origin far away costs no digits.
    centred = z - z.mean(0)
    means = class_sums(centred, members, len(names)) / counts[:, None]
    return Classes(names, members, counts, means, centred - means[members])


def class_sums(
    z: NDArray[np.float64], members: NDArray[np.intp], count: int
) -> NDArray[np.float64]:
    """The sum of the items of each of ``count`` classes.

    >>> class_sums(np.array([[1.0], [2.0], [4.0]]), np.array([0, 1, 0]), 2).ravel().tolist()
    [5.0, 2.0]
    """
    places = (members, np.arange(len(z)))
    return csr_array((np.ones(len(z)), places), shape=(count, len(z))) @ z
