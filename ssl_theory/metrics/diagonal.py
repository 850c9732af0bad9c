"""The metric of each feature's own variance."""

from dataclasses import dataclass

import numpy as np
import sympy as sp
from numpy.typing import NDArray

from ssl_theory.metric_aware_pca import Metric

__all__ = ["Diagonal"]


@dataclass(frozen=True)
class Diagonal(Metric):
    """``M = diag(S)``: invariant PCA, whose scores are those of PCA of the correlations.

    ``S w = mu D w`` says ``R u = mu u`` with ``w = D^{-1/2} u``, so ``W' x = U' D^{-1/2} x``.
    [leznik2026mapca] [leznik2005invariant]
    """

    @property
    def equivariant(self) -> bool:
        return True

    @property
    def standardises(self) -> bool:
        return True

    def __call__(self, covariance: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.diag(np.diag(covariance))

    def formula(self, covariance: sp.MatrixExpr) -> sp.MatrixExpr:
        return sp.HadamardProduct(covariance, sp.Identity(covariance.shape[0]))

    def spectral(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.ones_like(values)
