"""How alike two representations order pairs of items by inner products."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student_t

from ssl_theory.diagnostics.same_items import centred_representations

__all__ = ["biased_cka_of_independent", "cka", "independence_p_value"]


def cka(z: Any, w: Any, *, debiased: bool = True) -> float:
    r"""Linear centred kernel alignment: 1 for equal Gram matrices, 0 for unrelated ones.

    .. math:: \frac{|Z^\top W|_F^2}{|Z^\top Z|_F\,|W^\top W|_F}

    as published [kornblith2019similarity], of centred representations. Each norm of products of
    an item with itself is biased upwards, so that *independent* representations have a high value
    once dimensions are as many as items: see :func:`biased_cka_of_independent`. Debiased, each is
    replaced by the unbiased estimator of the Hilbert-Schmidt criterion [song2012feature], which
    leaves an item's product with itself out; independent representations then have mean 0, and
    values below 0 occur. [murphy2024correcting]

    Unchanged by rotation, translation and units of either representation, not by other linear
    maps. Costs ``n d_1 d_2``.

    Parameters
    ----------
    z, w
        Embeddings ``(items, dimensions)`` of the same items; the dimensions may differ.
    debiased
        Whether to take the unbiased estimator, which needs 4 items.

    Raises
    ------
    ValueError
        If representations vary so little beyond chance that an unbiased norm is not positive.

    Examples
    --------
    A representation of all differences between items against one that shares half of them:

    >>> z = np.array([[1.0, 1], [1, -1], [-1, 1], [-1, -1]])
    >>> round(cka(z, z[:, :1], debiased=False) ** 2, 12)
    0.5
    """
    z, w = centred_representations(z, w, minimum=4 if debiased else 2)
    norm = _unbiased if debiased else _biased
    both, first, second = norm(z, w), norm(z, z), norm(w, w)
    if min(first, second) <= 0:
        raise ValueError(
            f"`z` and `w` must vary beyond chance, got unbiased squared norms {first:.3g} and "
            f"{second:.3g}: a similarity in units of them is undefined. Give more items."
        )
    return float(both / (first * second) ** 0.5)


def biased_cka_of_independent(items: int, first: int, second: int) -> float:
    r"""What the biased estimator gives white representations that have nothing in common.

    :math:`1 / \sqrt{(1 + n / d_1)(1 + n / d_2)}`, from the means of the three norms of Gaussians.

    >>> round(biased_cka_of_independent(128, 512, 512), 6)
    0.8
    """
    return ((1 + items / first) * (1 + items / second)) ** -0.5


def independence_p_value(debiased_cka: float, items: int) -> float:
    """The chance that independent representations have a debiased value as large, or larger.

    The debiased value is a correlation of ``n (n - 3) / 2`` numbers that any one representation
    is free to choose, and follows Student's law for so many, whatever the spectra, where both
    have many effective dimensions. With few, compare with shuffled items instead.
    [szekely2013ttest]
    """
    degrees = items * (items - 3) / 2 - 1
    if not abs(debiased_cka) < 1:
        return float(debiased_cka < 0)
    score = debiased_cka * (degrees / (1 - debiased_cka**2)) ** 0.5
    return float(student_t.sf(score, degrees))


def _biased(x: NDArray[np.float64], y: NDArray[np.float64]) -> float:
    return float(np.square(x.T @ y).sum())


def _unbiased(x: NDArray[np.float64], y: NDArray[np.float64]) -> float:
    # Of centred items, rows of the Gram matrix less its diagonal sum to minus the diagonal.
    n = len(x)
    one, other = np.square(x).sum(1), np.square(y).sum(1)
    total = np.square(x.T @ y).sum() - one @ other
    total += one.sum() * other.sum() / ((n - 1) * (n - 2))
    total -= 2 / (n - 2) * (one @ other)
    rounding = (n + 16) * np.finfo(np.float64).eps * one.sum() * other.sum()
    return float(total / (n * (n - 3))) if abs(total) > rounding else 0.0
