r"""Metric-aware PCA: the linear representation a metric asks for.

.. math::
    \max_W \operatorname{tr}(W^\top \Sigma W) \quad\text{subject to}\quad W^\top M W = I,

a generalised eigenproblem ``S v = mu M v``. The metric says which directions count as long,
hence which are worth keeping: ``M = I`` is PCA, ``M = diag(S)`` is PCA of the correlations, and
``M = S`` is whitening, where every direction is as good as any other. [leznik2026mapca]
"""

import abc
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import scipy.linalg
import sympy as sp
from numpy.typing import ArrayLike, NDArray

__all__ = ["Diagonal", "Identity", "Metric", "MetricPCA", "Power", "metric_aware_pca"]

Matrix = NDArray[np.float64]


class Metric(abc.ABC):
    """A symmetric positive definite matrix chosen from the covariance."""

    @abc.abstractmethod
    def __call__(self, covariance: Matrix) -> Matrix:
        """The metric ``M`` for this covariance."""

    @abc.abstractmethod
    def formula(self, covariance: sp.MatrixSymbol) -> sp.Expr:
        """The same, symbolically."""


@dataclass(frozen=True)
class Identity(Metric):
    """``M = I``: PCA."""

    def __call__(self, covariance: Matrix) -> Matrix:
        return np.eye(len(covariance))

    def formula(self, covariance: sp.MatrixSymbol) -> sp.Expr:
        return sp.Identity(covariance.shape[0])


@dataclass(frozen=True)
class Power(Metric):
    r"""``M = S^beta``: from PCA (``beta = 0``) to whitening (``beta = 1``)."""

    beta: float

    def __call__(self, covariance: Matrix) -> Matrix:
        values, vectors = np.linalg.eigh(covariance)
        return vectors * values**self.beta @ vectors.T

    def formula(self, covariance: sp.MatrixSymbol) -> sp.Expr:
        return sp.MatPow(covariance, sp.Float(self.beta))


@dataclass(frozen=True)
class Diagonal(Metric):
    """``M = diag(S)``: PCA of the correlations, indifferent to units."""

    def __call__(self, covariance: Matrix) -> Matrix:
        return np.diag(np.diag(covariance))

    def formula(self, covariance: sp.MatrixSymbol) -> sp.Expr:
        return sp.DiagonalMatrix(covariance)


class MetricPCA(NamedTuple):
    """The leading ``k`` solutions, largest ``eigenvalues`` first."""

    directions: Matrix  # (d, k), with directions.T @ metric @ directions = I
    eigenvalues: NDArray[np.float64]  # (k,), the variance kept per unit of the metric
    metric: Matrix  # (d, d)


def metric_aware_pca(
    covariance: ArrayLike, metric: Metric, *, keep: int | None = None
) -> MetricPCA:
    """Solve for the ``keep`` best directions (all of them by default).

    >>> solution = metric_aware_pca(np.diag([9.0, 4.0]), Power(0.5))
    >>> [round(float(mu), 12) for mu in solution.eigenvalues]
    [3.0, 2.0]
    """
    covariance = _check_covariance(covariance)
    d = len(covariance)
    keep = d if keep is None else keep
    if not 1 <= keep <= d:
        raise ValueError(f"`keep` must be between 1 and the dimension {d}, got {keep}.")
    matrix = metric(covariance)
    values, vectors = scipy.linalg.eigh(covariance, matrix)
    return MetricPCA(vectors[:, ::-1][:, :keep], values[::-1][:keep], matrix)


def _check_covariance(covariance: ArrayLike) -> Matrix:
    matrix = np.asarray(covariance, dtype=np.float64)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        raise ValueError(f"`covariance` must be a square matrix, got shape {matrix.shape}.")
    if not np.allclose(matrix, matrix.T, rtol=1e-10, atol=0):
        raise ValueError(
            "`covariance` must be symmetric, got a matrix that differs from its transpose by "
            f"{np.abs(matrix - matrix.T).max():.3g}. Average it with its transpose if that is "
            "rounding."
        )
    values = np.linalg.eigvalsh(matrix)
    if values[0] <= len(matrix) * np.finfo(np.float64).eps * values[-1]:
        raise ValueError(
            "`covariance` must be positive definite, got a smallest eigenvalue of "
            f"{values[0]:.3g} beside a largest of {values[-1]:.3g}: a metric made from it is "
            "singular. Project onto its range first."
        )
    return matrix
