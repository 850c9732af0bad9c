"""The powers of the covariance."""

from dataclasses import dataclass

import numpy as np
import sympy as sp
from numpy.typing import NDArray

from ssl_theory.metric_aware_pca import Metric
from ssl_theory.metrics.spectrum import check_beta, symmetric_power

__all__ = ["Power"]


@dataclass(frozen=True)
class Power(Metric):
    r"""``M = S^beta``: from PCA (``beta = 0``) to whitening (``beta = 1``).

    ``mu = l^{1 - beta}``. For every ``beta < 1`` the directions are those of PCA and only their
    lengths change; at ``beta = 1`` no direction is preferred; beyond it the weakest come first.
    """

    beta: float

    def __post_init__(self) -> None:
        check_beta(self.beta)

    @property
    def equivariant(self) -> bool:
        return self.beta == 1

    @property
    def standardises(self) -> bool:
        return False

    def __call__(self, covariance: NDArray[np.float64]) -> NDArray[np.float64]:
        return symmetric_power(covariance, self.beta)

    def formula(self, covariance: sp.MatrixExpr) -> sp.MatrixExpr:
        return sp.MatPow(covariance, sp.nsimplify(self.beta, rational=True))

    def spectral(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        return values**self.beta
