"""Modes that differ in how much they vary together and in how well one view predicts the other."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.gaussian_pairs import GaussianPairs
from ssl_theory.processes.pairs import Pairs

__all__ = ["PredictableModes"]


@dataclass(frozen=True)
class PredictableModes:
    r"""Gaussian views, diagonal together, told by what a deep linear network learns from.

    .. math::
        E\,x x^\top = E\,y y^\top = \mathrm{diag}(\lambda / \rho), \qquad
        E\,y x^\top = \mathrm{diag}(\lambda)

    ``covariances`` are the :math:`\lambda`, ``regressions`` the :math:`\rho`, which are also the
    canonical autocorrelations. What predicts embeddings learns the large :math:`\rho` first once
    it is deep; what predicts the view learns the large :math:`\lambda` first.
    [littwin2024jepa]

    >>> PredictableModes(covariances=(1.0, 0.8), regressions=(0.5, 0.8)).covariance.tolist()
    [[2.0, 0.0], [0.0, 1.0]]
    """

    covariances: tuple[float, ...] = (1.0, 0.8)
    regressions: tuple[float, ...] = (0.4, 0.9)

    def __post_init__(self) -> None:
        if not self.covariances or min(self.covariances) <= 0:
            raise ValueError(
                f"`covariances` must be positive, got {self.covariances}. Leave out modes that "
                "the views do not share."
            )
        if len(self.regressions) != len(self.covariances):
            raise ValueError(
                f"`regressions` must hold one number for each of {len(self.covariances)} "
                f"covariances, got {len(self.regressions)}. Repeat a value to share it."
            )
        if not 0 < min(self.regressions) <= max(self.regressions) < 1:
            raise ValueError(
                f"`regressions` must lie strictly between 0 and 1, got {self.regressions}: they "
                "are correlations of exchangeable views. Use 0.9."
            )

    @property
    def pairs(self) -> GaussianPairs:
        """The same world, by its spectrum and correlations."""
        spectrum = np.divide(self.covariances, self.regressions)
        return GaussianPairs(tuple(map(float, spectrum)), self.regressions)

    @property
    def equivalence_class(self) -> Equivalence:
        """As for any Gaussian pairs."""
        return self.pairs.equivalence_class

    @property
    def covariance(self) -> NDArray[np.float64]:
        """Within a view: ``diag(lambda / rho)``."""
        return self.pairs.covariance

    @property
    def cross_covariance(self) -> NDArray[np.float64]:
        """Across the views: ``diag(lambda)``."""
        return self.pairs.cross_covariance

    @property
    def canonical_autocorrelations(self) -> NDArray[np.float64]:
        """The regressions, largest first."""
        return self.pairs.canonical_autocorrelations

    @property
    def mutual_information(self) -> float:
        """What one view says about the other, in nats."""
        return self.pairs.mutual_information

    @property
    def entropy(self) -> float:
        """The differential entropy of one view, in nats."""
        return self.pairs.entropy

    def density_ratio(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        """``log p(x, y) / p(x) p(y)``, row by row."""
        return self.pairs.density_ratio(x, y)

    def draw(self, n: int, seed: int) -> Pairs:
        """``n`` independent pairs, the same for the same seed."""
        return self.pairs.draw(n, seed)
