"""How far embeddings with labels have collapsed to a simplex of class means."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ssl_theory.arrays import check_embeddings
from ssl_theory.diagnostics.classes import Classes, classes

__all__ = [
    "class_distance_normalised_variance",
    "equal_angles",
    "equal_norms",
    "nearest_mean_disagreement",
    "self_duality",
    "within_class_variability",
]


def within_class_variability(z: Any, labels: ArrayLike) -> float:
    r"""NC1: :math:`\mathrm{tr}(S_w S_b^+) / C`, 0 where every class is a point.

    As published [papyan2020prevalence]: :math:`S_w` is the mean over items of squares about the
    class means, :math:`S_b` the mean over classes of squares about the mean of the class means.
    Noise in the class means makes labels without any meaning look better the smaller the classes:
    compare with shuffled labels, or use :func:`class_distance_normalised_variance`. Unchanged by
    isometries and units; by any invertible linear map only if the class means span all axes.

    >>> round(within_class_variability([[-5.0], [-3.0], [3.0], [5.0]], [0, 0, 1, 1]), 12)
    0.03125
    """
    found = classes(z, labels)
    means = found.means - found.means.mean(0)
    _, sizes, axes = np.linalg.svd(means, full_matrices=False)
    size = max(sizes[0], float(np.linalg.norm(found.residuals)))
    kept = sizes > max(found.residuals.shape) * np.finfo(np.float64).eps * size
    if not kept.any():
        raise ValueError(
            "`labels` must name classes of different means, got equal ones: variances in units of "
            "their distances are infinite. Choose other labels."
        )
    variances = np.square(found.residuals @ axes[kept].T).mean(0)
    # S_b has the eigenvalues sizes^2 / C, which cancels the C of the definition.
    return float(np.sum(variances / sizes[kept] ** 2))


def class_distance_normalised_variance(
    z: Any, labels: ArrayLike, *, debiased: bool = True
) -> NDArray[np.float64]:
    r"""The variance within two classes in units of their squared distance, for all pairs.

    :math:`(\sigma_a^2 + \sigma_b^2) / 2 |\mu_a - \mu_b|^2`, above the diagonal of the matrix in
    its order of rows. [galanti2022role] Noise in the means lengthens distances; ``debiased``, each
    squared distance is estimated without bias, and classes no further apart than chance puts them
    are at infinity. Unchanged by isometries and units.

    >>> z, labels = [[-5.0], [-3.0], [3.0], [5.0]], [0, 0, 1, 1]
    >>> class_distance_normalised_variance(z, labels, debiased=False).tolist()
    [0.03125]
    """
    found = classes(z, labels)
    gram = found.gram(debiased=debiased)
    one, other = np.triu_indices(len(gram), 1)
    squares = gram[one, one] + gram[other, other] - 2 * gram[one, other]
    variances = (found.variances[one] + found.variances[other]) / 2
    apart = squares > 0
    return np.where(apart, variances / np.where(apart, squares, 1), np.inf)


def equal_norms(z: Any, labels: ArrayLike, *, debiased: bool = True) -> float:
    """NC2: the coefficient of variation of distances of class means from their mean.

    0 for a regular simplex. Debiased, noise in the means is taken off every squared distance.

    >>> equal_norms([[-5.0], [-3.0], [3.0], [5.0]], [0, 0, 1, 1])
    0.0
    """
    norms = np.sqrt(_squared_norms(classes(z, labels), debiased))
    return float(norms.std() / norms.mean())


def equal_angles(z: Any, labels: ArrayLike, *, debiased: bool = True) -> float:
    r"""NC2: the mean of :math:`|\cos + 1 / (C - 1)|` over pairs of class means, seen from theirs.

    0 for a regular simplex, the furthest that ``C`` directions get from each other. Class means
    of noise are one: without labels that mean anything, many dimensions alone bring it near 0.
    Debiased, noise in the means is taken off the squared lengths that cosines are in units of.

    >>> corners = [[1.0, 0, 0], [0, 1.0, 0], [0, 0, 1.0]]
    >>> round(equal_angles(corners * 2, [0, 1, 2] * 2), 12)
    0.0
    """
    found = classes(z, labels)
    norms = np.sqrt(_squared_norms(found, debiased))
    gram = found.gram(debiased=debiased)
    one, other = np.triu_indices(len(gram), 1)
    cosines = gram[one, other] / (norms[one] * norms[other])
    return float(np.abs(cosines + 1 / (len(gram) - 1)).mean())


def self_duality(z: Any, labels: ArrayLike, weights: Any) -> float:
    r"""NC3: :math:`\bigl|W / |W|_F - M / |M|_F\bigr|_F` of a classifier and the class means.

    ``weights`` is ``(classes, dimensions)``, in the order of the sorted labels; ``M`` are the
    class means less their mean. Between 0 and 2.

    >>> round(self_duality([[-5.0], [-3.0], [3.0], [5.0]], [0, 0, 1, 1], [[-7.0], [7.0]]), 12)
    0.0
    """
    found = classes(z, labels, fewest=1)
    weights = _checked(weights, found)
    means = found.means - found.means.mean(0)
    return float(np.linalg.norm(weights / np.linalg.norm(weights) - means / np.linalg.norm(means)))


def nearest_mean_disagreement(
    z: Any, labels: ArrayLike, weights: Any, bias: ArrayLike = 0.0
) -> float:
    """NC4: the share of items for which a classifier does not choose the nearest class mean.

    >>> z, labels = [[-5.0], [-3.0], [3.0], [5.0]], [0, 0, 1, 1]
    >>> nearest_mean_disagreement(z, labels, [[-1.0], [1.0]], [0.0, 8.0])
    0.25
    """
    found = classes(z, labels, fewest=1)
    weights = _checked(weights, found)
    chosen = (np.asarray(check_embeddings(z), np.float64) @ weights.T + bias).argmax(1)
    items = found.residuals + found.means[found.members]
    nearest = (np.square(found.means).sum(1) - 2 * items @ found.means.T).argmin(1)
    return float(np.mean(chosen != nearest))


def _squared_norms(found: Classes, debiased: bool) -> NDArray[np.float64]:
    squares = np.diag(found.gram(debiased=debiased))
    if squares.min() <= 0:
        raise ValueError(
            f"`labels` must name classes whose means differ beyond chance, got a squared distance "
            f"of {squares.min():.3g} from their mean. Give more items, or pass debiased=False."
        )
    return squares


def _checked(weights: Any, found: Classes) -> NDArray[np.float64]:
    weights = np.asarray(weights, np.float64)
    if weights.shape != found.means.shape:
        raise ValueError(
            f"`weights` must have shape (classes, dimensions) = {found.means.shape}, got "
            f"{weights.shape}. Transpose them, or give labels of all classes."
        )
    return weights
