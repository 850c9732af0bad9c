"""The metric of principal component analysis."""

from dataclasses import dataclass

import numpy as np
import sympy as sp
from numpy.typing import NDArray

from ssl_theory.metric_aware_pca import Metric

__all__ = ["Identity"]


@dataclass(frozen=True)
class Identity(Metric):
    """``M = I``: a direction is as long as its coordinates say. PCA."""

    @property
    def equivariant(self) -> bool:
        return False

    @property
    def standardises(self) -> bool:
        return False

    def __call__(self, covariance: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.eye(len(covariance))

    def formula(self, covariance: sp.MatrixExpr) -> sp.MatrixExpr:
        return sp.Identity(covariance.shape[0])

    def spectral(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.ones_like(values)
