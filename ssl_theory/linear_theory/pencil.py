"""The two matrices of a pair of views, and what no linear encoder can change about them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Pencil", "pencil"]

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Pencil:
    r"""``G v_i = rho_i S v_i`` with ``v_i' S v_j = 1[i = j]``: a pair of views in its own basis.

    ``S`` is the covariance of one view and ``G`` the covariance across the two. In the basis
    ``v`` each coordinate has unit variance and is correlated only with itself in the other view,
    by its canonical autocorrelation ``rho``.
    """

    autocorrelations: Vector  # rho, (r,), largest first
    directions: Matrix  # v, (p, r)
    covariance: Matrix  # S, (p, p)
    cross_covariance: Matrix  # G, (p, p)

    @property
    def distances(self) -> Vector:
        """``delta = 2 (1 - rho)``: the mean squared distance of the views of each coordinate."""
        return 2 * (1 - self.autocorrelations)

    @property
    def mutual_information(self) -> float:
        """``-sum log(1 - rho^2) / 2`` nats, if the views are jointly Gaussian."""
        return float(-np.log1p(-(self.autocorrelations**2)).sum() / 2)


def pencil(covariance: ArrayLike, cross_covariance: ArrayLike | None = None) -> Pencil:
    """Solve the pencil of a pair of views; a single vector is taken for its ``rho``.

    Features without variance and directions in the null space of the covariance are left out:
    views do not share what does not vary.

    >>> pencil([[4.0, 0.0], [0.0, 1.0]], [[1.0, 0.0], [0.0, 0.9]]).autocorrelations.tolist()
    [0.9, 0.25]
    >>> pencil([0.9, -0.3]).cross_covariance.tolist()
    [[0.9, 0.0], [0.0, -0.3]]
    """
    if cross_covariance is None:
        spectrum = np.array(covariance, dtype=np.float64)
        if spectrum.ndim != 1 or not len(spectrum):
            raise ValueError(
                f"`covariance` must come with `cross_covariance`, got it alone in shape "
                f"{spectrum.shape}. Give both, or one vector of autocorrelations."
            )
        covariance, cross_covariance = np.eye(len(spectrum)), np.diag(spectrum)
    sigma, gamma = (np.asarray(m, dtype=np.float64) for m in (covariance, cross_covariance))
    for name, matrix in (("covariance", sigma), ("cross_covariance", gamma)):
        _check(name, matrix, sigma.shape)
    deviations = np.sqrt(sigma.diagonal())
    alive = np.flatnonzero(deviations > 0)
    if not len(alive):
        raise ValueError(
            "`covariance` must hold some variance, got zeros: views of constants share nothing. "
            "Remove constant features first."
        )
    block, units = np.ix_(alive, alive), deviations[alive]
    values, axes = np.linalg.eigh(sigma[block] / np.outer(units, units))
    within = values > 16 * len(values) * np.finfo(np.float64).eps * values[-1]
    whitening = (axes[:, within] / np.sqrt(values[within])) / units[:, None]
    rho, turn = np.linalg.eigh(_symmetric(whitening.T @ gamma[block] @ whitening))
    if np.abs(rho).max() >= 1 + 1e-8:
        raise ValueError(
            "`cross_covariance` must be that of two views with this covariance, got a canonical "
            f"autocorrelation of {rho[np.abs(rho).argmax()]:.6g}: a correlation is at most 1. "
            "Estimate both from the same pairs."
        )
    directions = np.zeros((len(sigma), len(rho)))
    directions[alive] = (whitening @ turn)[:, ::-1]
    return Pencil(np.clip(rho[::-1], -1, 1), directions, sigma, gamma)


def _check(name: str, matrix: Matrix, shape: tuple[int, ...]) -> None:
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or matrix.shape != shape:
        raise ValueError(
            f"`{name}` must be a square matrix, one row per feature, got shape {matrix.shape}."
        )
    if not np.isfinite(matrix).all():
        raise ValueError(f"`{name}` must be finite, got NaN or infinity. Drop those items.")
    if np.abs(matrix - matrix.T).max() > 1e-10 * np.abs(matrix).max():
        raise ValueError(
            f"`{name}` must be symmetric, as it is if views are exchangeable, got a difference of "
            f"{np.abs(matrix - matrix.T).max():.3g} from its transpose. Average the two."
        )


def _symmetric(matrix: Matrix) -> Matrix:
    return (matrix + matrix.T) / 2
