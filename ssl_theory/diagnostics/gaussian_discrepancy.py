"""How far embeddings are from standard Gaussian ones, to a kernel, with nothing drawn."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ssl_theory.arrays import check_embeddings
from ssl_theory.diagnostics.kernel_sums import gaussian_kernel_sum
from ssl_theory.diagnostics.spectrum import spectrum

__all__ = ["bhep", "gaussian_bhep", "gaussian_mmd", "gaussian_mmd_deviation"]


def bhep(z: Any, *, sharpness: float = 1.0, standardised: bool = True) -> float:
    r"""The statistic of Baringhaus, Henze, Epps and Pulley: of every direction at once.

    .. math::
        \frac1n \sum_{jk} e^{-b^2 |y_j - y_k|^2 / 2}
        - 2 (1 + b^2)^{-d/2} \sum_j e^{-b^2 |y_j|^2 / 2(1 + b^2)} + n (1 + 2 b^2)^{-d/2},

    ``n`` times the integral of :math:`|\hat\varphi(t) - e^{-|t|^2/2}|^2` over a Gaussian ``t`` of
    variance :math:`b^2`, and ``n`` times the squared discrepancy of :func:`gaussian_mmd` with items
    compared with themselves too. [henze1997bhep]

    ``standardised``, ``y`` are the items about their mean in units of their covariance (that
    divides by ``n``): a test of normality, unchanged by every invertible affine map. Otherwise
    ``y`` are the items: mean and covariance are tested too, and only rotation changes nothing.
    Its mean on Gaussian items is :func:`gaussian_bhep`; for a p-value, take
    :func:`~ssl_theory.nulls.gaussian.gaussian_null`. In high dimension all pairs are far apart to
    a kernel of fixed width, and the statistic sees little: with ``b = 1``, beyond some 10.
    Costs ``n^2 d``.

    >>> tight = bhep([[0.0], [0.0]], standardised=False)
    >>> round(tight / (2 - 4 * 2**-0.5 + 2 * 3**-0.5), 12)
    1.0
    """
    _check_positive("sharpness", sharpness)
    y = np.asarray(check_embeddings(z), np.float64)
    y = _standardised(y) if standardised else y
    n, b = len(y), sharpness**2
    pairs = gaussian_kernel_sum(y, b)
    return float(1 + pairs / n - 2 * _means(y, b).sum() + n * _overlap(y.shape[1], 2 * b))


def gaussian_bhep(dimensions: int, *, sharpness: float = 1.0, standardised: bool = True) -> float:
    r"""The mean of :func:`bhep` over Gaussian items: in the limit of many if ``standardised``.

    :math:`1 - (1 + 2b^2)^{-d/2}`, at any number of items; standardising takes two more terms of a
    series off, :math:`(1 + 2b^2)^{-d/2} (s + (d + 2) s^2 / 2d)` with
    :math:`s = d b^2 / (1 + 2 b^2)`. [henze1990class]

    >>> round(gaussian_bhep(2, standardised=False), 12)
    0.666666666667
    """
    overlap = _overlap(dimensions, 2 * sharpness**2)
    if not standardised:
        return 1 - overlap
    s = dimensions * sharpness**2 / (1 + 2 * sharpness**2)
    return 1 - overlap * (1 + s + (1 + 2 / dimensions) * s**2 / 2)


def gaussian_mmd(z: Any, *, bandwidth: float | None = None, unbiased: bool = True) -> float:
    r"""The squared maximum mean discrepancy of items from a standard Gaussian.

    To the kernel :math:`e^{-|x - y|^2 / 2 s^2}`, whose means over the Gaussian are elementary; no
    Gaussian item is drawn. The square of the bandwidth ``s`` is by default the dimension, which is
    half the mean squared distance of Gaussian items. [gretton2012kernel]

    ``unbiased``, items are not compared with themselves: mean 0 on Gaussian items, with a standard
    deviation of exactly :func:`gaussian_mmd_deviation`, and negative values occur. Otherwise
    :func:`bhep` over ``n`` at sharpness ``1 / s``, and never negative. A population has one value
    for every bandwidth, 0 only for the Gaussian. Unchanged by rotation alone. Costs ``n^2 d``.

    >>> round(gaussian_mmd([[0.0], [0.0]], bandwidth=1.0) / (1 - 2**0.5 + 3**-0.5), 12)
    1.0
    """
    y = np.asarray(check_embeddings(z), np.float64)
    n, d = y.shape
    b = _sharpness(d, bandwidth)
    pairs = gaussian_kernel_sum(y, b)
    among = pairs / (n * (n - 1)) if unbiased else (pairs + n) / n**2
    return float(among - 2 * _means(y, b).mean() + _overlap(d, 2 * b))


def gaussian_mmd_deviation(items: int, dimensions: int, *, bandwidth: float | None = None) -> float:
    r"""The standard deviation of the unbiased :func:`gaussian_mmd` over Gaussian items, exactly.

    With :math:`b = s^{-2}`, :math:`\sqrt{2 / n(n-1)}` times the root of
    :math:`(1 + 4b)^{-d/2} - 2 ((1 + b)(1 + 3b))^{-d/2} + (1 + 2b)^{-d}`: the mean square of a
    kernel whose means are 0, since pairs that share an item are then uncorrelated.

    >>> d = gaussian_mmd_deviation(100, 3) / gaussian_mmd_deviation(200, 3)
    >>> round(d**2, 12) == round(200 * 199 / (100 * 99), 12)
    True
    """
    b = _sharpness(dimensions, bandwidth)
    shared = ((1 + b) * (1 + 3 * b)) ** (-dimensions / 2)
    square = _overlap(dimensions, 4 * b) - 2 * shared + _overlap(dimensions, 2 * b) ** 2
    return float((2 / (items * (items - 1)) * square) ** 0.5)


def _standardised(z: NDArray[np.float64]) -> NDArray[np.float64]:
    n, d = z.shape
    if spectrum(z).resolved_rank < d:
        raise ValueError(
            f"`z` must vary in all {d} dimensions, got {n} items that do not: along what does not "
            "vary there is no unit. Project onto the directions that vary, or pass "
            "standardised=False."
        )
    # The left singular vectors are the items in units of their covariance, but for a rotation.
    return np.linalg.svd(z - z.mean(0), full_matrices=False)[0] * n**0.5


def _means(y: NDArray[np.float64], b: float) -> NDArray[np.float64]:
    """Of the kernel, over a Gaussian on the other side."""
    return _overlap(y.shape[1], b) * np.exp(-b / (2 * (1 + b)) * np.square(y).sum(1))


def _overlap(dimensions: int, x: float) -> float:
    return float((1 + x) ** (-dimensions / 2))


def _sharpness(dimensions: int, bandwidth: float | None) -> float:
    if bandwidth is None:
        return 1 / dimensions
    _check_positive("bandwidth", bandwidth)
    return bandwidth**-2


def _check_positive(name: str, value: float) -> None:
    if not value > 0:
        raise ValueError(
            f"`{name}` must be positive, got {value}: a kernel that is flat or a point tells no "
            "laws apart. Use 1."
        )
