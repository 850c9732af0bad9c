"""A metric fixed in advance."""

from dataclasses import dataclass

import numpy as np
import sympy as sp
from numpy.typing import ArrayLike, NDArray

from ssl_theory.metric_aware_pca import Metric

__all__ = ["Custom"]


@dataclass(frozen=True, eq=False)
class Custom(Metric):
    """``M`` given as a matrix, the same whatever the data: not a rule, so not equivariant."""

    matrix: NDArray[np.float64]

    def __init__(self, matrix: ArrayLike) -> None:
        matrix = np.array(matrix, dtype=np.float64)
        if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
            raise ValueError(f"`matrix` must be square, got shape {matrix.shape}.")
        if not np.allclose(matrix, matrix.T, rtol=1e-10, atol=0):
            raise ValueError("`matrix` must be symmetric: a length has no direction of reading.")
        matrix.setflags(write=False)
        object.__setattr__(self, "matrix", matrix)

    @property
    def equivariant(self) -> bool:
        return False

    @property
    def standardises(self) -> bool:
        return False

    def __call__(self, covariance: NDArray[np.float64]) -> NDArray[np.float64]:
        if covariance.shape != self.matrix.shape:
            raise ValueError(
                f"`matrix` must have the shape {covariance.shape} of the covariance, got "
                f"{self.matrix.shape}. Give one row per feature."
            )
        return self.matrix.copy()

    def formula(self, covariance: sp.MatrixExpr) -> sp.MatrixExpr:
        return sp.Matrix(self.matrix)
