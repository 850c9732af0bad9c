"""The powers of the correlations, in the units of the features."""

from dataclasses import dataclass

import numpy as np
import sympy as sp
from numpy.typing import NDArray

from ssl_theory.metric_aware_pca import Metric
from ssl_theory.metrics.spectrum import check_beta, symmetric_power

__all__ = ["CorrelationPower"]


@dataclass(frozen=True)
class CorrelationPower(Metric):
    r"""``M = D^{1/2} R^beta D^{1/2}``: from invariant PCA (0) to whitening (1), forgetting units.

    ``mu = r^{1 - beta}`` with ``r`` the eigenvalues of the correlations ``R``. Every member is
    equivariant, so nothing is traded between control of the spectrum and indifference to units.
    """

    beta: float

    def __post_init__(self) -> None:
        check_beta(self.beta)

    @property
    def equivariant(self) -> bool:
        return True

    @property
    def standardises(self) -> bool:
        return True

    def __call__(self, covariance: NDArray[np.float64]) -> NDArray[np.float64]:
        deviations = np.sqrt(covariance.diagonal())
        units = np.where(deviations > 0, deviations, 1.0)
        correlations = covariance / np.outer(units, units)
        return symmetric_power(correlations, self.beta) * np.outer(deviations, deviations)

    def formula(self, covariance: sp.MatrixExpr) -> sp.MatrixExpr:
        variances = sp.HadamardProduct(covariance, sp.Identity(covariance.shape[0]))
        deviations = sp.MatPow(variances, sp.Rational(1, 2))
        inverse = sp.MatPow(variances, -sp.Rational(1, 2))
        beta = sp.nsimplify(self.beta, rational=True)
        return deviations * sp.MatPow(inverse * covariance * inverse, beta) * deviations

    def spectral(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        return values**self.beta
