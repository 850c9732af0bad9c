"""The dimension around each item that the triangles of its neighbours tell."""

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from ssl_theory.diagnostics.neighbours import Duplicates
from ssl_theory.diagnostics.patches import over_patches

__all__ = ["expected_skewness", "simplex_dimensions"]


def simplex_dimensions(
    z: Any,
    *,
    neighbours: int = 20,
    of: Literal["area", "projection"] = "area",
    duplicates: Duplicates = "refuse",
) -> NDArray[np.float64]:
    r"""The dimension in which random triangles are as skew as those of each item's neighbours: ESS.

    Two neighbours and the *mean of all neighbours* span a triangle. Its area in units of that of a
    right-angled one with the same two sides (or the length of one side projected on the other,
    for ``projection``), both summed over all pairs, is compared with :func:`expected_skewness`,
    on a line between whole dimensions. [johnsson2015lowbias]

    Long sides have more weight than short ones, so distances enter, and enter against the bias of
    few items: of Gaussian items in many dimensions it is nearer the truth than likelihoods of
    distances are. The mean of ``k`` neighbours is correlated with each of them by ``1 / k``, which
    is left as published. Unchanged by isometries and units. Costs all distances and ``n k^2 d``.

    >>> z = np.random.default_rng(0).uniform(size=(500, 3)) @ np.ones((3, 5)) ** 2
    >>> float(simplex_dimensions(z).max().round(3))  # three coordinates, one direction
    1.0
    """
    _check(of)

    def dimensions(apart: NDArray[np.float64]) -> NDArray[np.float64]:
        apart = apart - apart.mean(1, keepdims=True)
        gram = apart @ apart.transpose(0, 2, 1)
        squares = np.diagonal(gram, axis1=1, axis2=2)
        sides = squares[:, :, None] * squares[:, None]
        one, other = np.triu_indices(apart.shape[1], 1)
        seen = np.abs(gram)
        if of == "area":
            seen = np.sqrt((sides - gram**2).clip(min=0))
        skewness = seen[:, one, other].sum(1) / np.sqrt(sides[:, one, other]).sum(1)
        return _inverse(skewness, of)

    return over_patches(dimensions, z, neighbours, fewest=3, duplicates=duplicates)


def expected_skewness(
    dimension: Any, *, of: Literal["area", "projection"] = "area"
) -> NDArray[np.float64]:
    r"""The mean sine (or absolute cosine) of the angle of two directions in ``dimension``.

    :math:`\Gamma(d/2)^2 / \Gamma(\tfrac{d+1}2) \Gamma(\tfrac{d-1}2)`, or
    :math:`\Gamma(d/2) / \sqrt\pi\,\Gamma(\tfrac{d+1}2)`.

    >>> (expected_skewness([1, 2, 3]) / [1, 2 / np.pi, np.pi / 4]).round(12).tolist()
    [0.0, 1.0, 1.0]
    """
    _check(of)
    d = np.asarray(dimension, np.float64)
    first = gammaln(d / 2) - gammaln((d + 1) / 2)
    if of == "projection":
        return np.exp(first) / np.pi**0.5
    # gamma((d - 1) / 2) has a pole at 1, where its logarithm is infinite: the sine is 0.
    return np.exp(first + gammaln(d / 2) - gammaln((d - 1) / 2))


def _inverse(skewness: NDArray[np.float64], of: Literal["area", "projection"]) -> NDArray:
    whole = np.arange(1, 22)
    while (of == "area") == (expected_skewness(whole[-1], of=of) < _furthest(skewness, of)):
        whole = np.arange(1, 2 * len(whole))
    table = expected_skewness(whole, of=of)
    if of == "area":
        return np.interp(skewness, table, whole)
    return np.interp(-skewness, -table, whole)


def _furthest(skewness: NDArray[np.float64], of: str) -> float:
    # Dimensions beyond a million are told from no dimension at all by rounding only.
    return float(min(skewness.max(), 1 - 1e-6) if of == "area" else max(skewness.min(), 1e-3))


def _check(of: str) -> None:
    if of not in ("area", "projection"):
        raise ValueError(f'`of` must be "area" or "projection", got {of!r}. Use "area".')
