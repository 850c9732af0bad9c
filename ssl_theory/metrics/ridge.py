"""A ridge under the covariance and under its metric."""

import math
from dataclasses import dataclass

import numpy as np
import sympy as sp
from numpy.typing import NDArray

from ssl_theory.metric_aware_pca import Metric

__all__ = ["Ridge"]


@dataclass(frozen=True)
class Ridge(Metric):
    r"""``M(S + e I)``, with ``S + e I`` also as the covariance whose variance is kept.

    The same ridge on both sides: ``mu = (l + e)^{1 - beta}`` for a power. In the metric alone
    it would give null directions no variance at any length, and an infinite condition number.
    """

    metric: Metric
    strength: float

    def __post_init__(self) -> None:
        if not 0 < self.strength < math.inf:
            raise ValueError(
                f"`strength` must be positive and finite, got {self.strength}: it is added to "
                "every variance. Leave the metric unwrapped for none."
            )

    @property
    def equivariant(self) -> bool:
        return False

    @property
    def standardises(self) -> bool:
        return False

    def __call__(self, covariance: NDArray[np.float64]) -> NDArray[np.float64]:
        return self.metric(self.effective(covariance))

    def formula(self, covariance: sp.MatrixExpr) -> sp.MatrixExpr:
        strength = sp.nsimplify(self.strength, rational=True)
        return self.metric.formula(covariance + strength * sp.Identity(covariance.shape[0]))

    def spectral(self, values: NDArray[np.float64]) -> NDArray[np.float64] | None:
        # A rule of the correlations: the ridge has moved them.
        return None if self.metric.standardises else self.metric.spectral(values)

    def effective(self, covariance: NDArray[np.float64]) -> NDArray[np.float64]:
        return self.metric.effective(covariance) + self.strength * np.eye(len(covariance))
