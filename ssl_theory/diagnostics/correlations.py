"""How much coordinates repeat each other, within a view and across views."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import beta, norm

from ssl_theory.moments import Moments, PairMoments

__all__ = ["Correlations", "CrossCorrelations", "cross_correlations", "off_diagonal_correlations"]


@dataclass(frozen=True)
class Correlations:
    """Correlations between different coordinates, and how they compare with chance."""

    mean_square: float
    largest: float  # in absolute value
    expected: float  # the mean square of independent Gaussian coordinates
    mean_square_p_value: float
    largest_p_value: float
    constant: int  # coordinates that do not vary, left out


@dataclass(frozen=True)
class CrossCorrelations:
    """Correlations of each coordinate with itself in the other view, and with the others."""

    diagonal: float  # the mean; 1 if the views agree
    off_diagonal_mean_square: float
    expected: float  # that of independent views
    constant: int


def off_diagonal_correlations(z: Any) -> Correlations:
    r"""The mean of :math:`\rho_{ij}^2` over :math:`i \ne j`, and the largest :math:`|\rho_{ij}|`.

    What Barlow Twins and VICReg push to zero (the former sums squares of correlations, across
    views; the latter sums squares of covariances and divides by ``d``). They do so in one basis
    only: unchanged by units of each coordinate, translation and duplicates, but not by rotation.

    For independent Gaussian coordinates each square follows a beta law of mean ``1 / (n - 1)``,
    and different pairs are pairwise independent. So the variance of the mean is exact and its
    law close to normal [schott2005testing], and the number of pairs beyond any bound is close to
    Poisson's [cai2011limiting]. Both are one-sided: towards more correlation.

    >>> found = off_diagonal_correlations([[1.0, 2.0], [2.0, 4.0], [5.0, 10.0], [0.0, 0.0]])
    >>> round(found.mean_square, 12), round(found.largest, 12)
    (1.0, 1.0)
    """
    moments = z if isinstance(z, Moments) else Moments.of(z)
    covariance = moments.covariance()
    kept, scale = _varying(covariance)
    d, n = len(kept), moments.count
    if d < 2 or n < 4:
        raise ValueError(
            "`z` must hold at least 4 items of at least 2 coordinates that vary, got "
            f"{n} items of {d}: nothing is there to correlate. Choose another layer."
        )
    squares = np.square(covariance[np.ix_(kept, kept)] / np.outer(scale, scale))
    upper = squares[np.triu_indices(d, 1)].clip(max=1)
    pairs = len(upper)
    law = beta(0.5, (n - 2) / 2)
    deviation = law.std() / np.sqrt(pairs)
    # Poisson: none of the pairs is beyond the largest.
    beyond = -np.expm1(-pairs * law.sf(upper.max()))
    return Correlations(
        mean_square=float(upper.mean()),
        largest=float(np.sqrt(upper.max())),
        expected=1 / (n - 1),
        mean_square_p_value=float(norm.sf((upper.mean() - law.mean()) / deviation)),
        largest_p_value=float(beyond),
        constant=moments.dimension - d,
    )


def cross_correlations(z: Any, w: Any) -> CrossCorrelations:
    r"""The matrix Barlow Twins makes an identity: its diagonal, and the rest squared.

    Unchanged by units and origin of each coordinate of each view, and by duplicates; not by
    rotation. Independent views have diagonal 0 and a mean square of ``1 / (n - 1)``.
    [zbontar2021barlow]

    >>> z = np.array([[1.0, 1], [1, -1], [-1, 1], [-1, -1]])
    >>> found = cross_correlations(z, 3 * z + 1)
    >>> round(found.diagonal, 12), round(found.off_diagonal_mean_square, 12)
    (1.0, 0.0)
    """
    pair = PairMoments.of(z, w)
    within_z, within_w, across = pair.covariances
    one, other = (_varying(c)[0] for c in (within_z, within_w))
    kept = np.intersect1d(one, other)
    if len(kept) < 2:
        raise ValueError(
            f"`z` and `w` must vary in at least 2 coordinates, got {len(kept)}: nothing is there "
            "to correlate. Choose another layer."
        )
    sizes = (np.sqrt(np.diag(c)[kept]) for c in (within_z, within_w))
    matrix = across[np.ix_(kept, kept)] / np.outer(*sizes)
    d = len(kept)
    diagonal = np.diag(matrix)
    rest = float(np.square(matrix).sum() - np.square(diagonal).sum())
    return CrossCorrelations(
        float(diagonal.mean()),
        max(0.0, rest) / (d * (d - 1)),
        1 / (pair.count - 1),
        pair.dimension - d,
    )


def _varying(
    covariance: NDArray[np.float64],
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    variances = np.diag(covariance)
    kept = np.flatnonzero(variances > 0)
    return kept, np.sqrt(variances[kept])
