"""The covariance of the difference between two views."""

from dataclasses import dataclass

import numpy as np
import sympy as sp
from numpy.typing import ArrayLike, NDArray

from ssl_theory.metric_aware_pca import Metric

__all__ = ["Within"]


@dataclass(frozen=True, eq=False)
class Within(Metric):
    r"""``M = E(x - x')(x - x')' = 2 (S - G)``: the metric of log-determinant objectives.

    ``mu = 1 / (2 (1 - rho))`` with ``rho`` the canonical autocorrelations of the two views, so
    the slowest features come first: slow feature analysis, and linear discriminants if views
    share a class. Twice ``S`` less the symmetric cross-covariance ``G`` it holds.
    """

    cross_covariance: NDArray[np.float64]

    def __init__(self, cross_covariance: ArrayLike) -> None:
        matrix = np.array(cross_covariance, dtype=np.float64)
        if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
            raise ValueError(
                f"`cross_covariance` must be a square matrix, got shape {matrix.shape}."
            )
        if not np.allclose(matrix, matrix.T, rtol=1e-10, atol=1e-14 * np.abs(matrix).max()):
            raise ValueError(
                "`cross_covariance` must be symmetric, as it is if views are exchangeable, got a "
                f"difference of {np.abs(matrix - matrix.T).max():.3g} from its transpose. "
                "Average it with its transpose."
            )
        matrix.setflags(write=False)
        object.__setattr__(self, "cross_covariance", matrix)

    @property
    def equivariant(self) -> bool:
        return True

    @property
    def standardises(self) -> bool:
        return True

    def __call__(self, covariance: NDArray[np.float64]) -> NDArray[np.float64]:
        return 2 * (covariance - self.cross_covariance)

    def formula(self, covariance: sp.MatrixExpr) -> sp.MatrixExpr:
        return 2 * (covariance - sp.MatrixSymbol("Gamma", *covariance.shape))
