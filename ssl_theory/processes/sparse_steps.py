"""Latents of which most move little and some move far."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.mixings import Mixing, Perceptron
from ssl_theory.processes.pairs import Pairs, generator_of
from ssl_theory.processes.parameters import at_least, positive

__all__ = ["SparseSteps"]


@dataclass(frozen=True)
class SparseSteps:
    r""":math:`z \sim N(0, I)` and :math:`z' = z + \varepsilon` with independent Laplace steps
    :math:`p(\varepsilon) \propto e^{-\lambda|\varepsilon|}`; ``x = g(z)`` and ``y = g(z')``.

    Sparse steps are those of natural films; a model of them has the latents up to their order and
    signs [klindt2020slow], which normal steps would leave turned. The partner is wider, by the
    variance :math:`2/\lambda^2` of a step, and its density is that of a normal variable and a
    Laplace step together.

    >>> float(SparseSteps(dimension=1, rate=2.0).latent_partner_covariance[0, 0])
    1.5
    """

    dimension: int = 3
    rate: float = 4.0
    mixing: Mixing = Perceptron()

    def __post_init__(self) -> None:
        at_least("dimension", 1, self.dimension)
        positive("rate", self.rate)

    @property
    def latent_covariance(self) -> NDArray[np.float64]:
        """Before the step."""
        return np.eye(self.dimension)

    @property
    def latent_partner_covariance(self) -> NDArray[np.float64]:
        """After the step."""
        return (1 + 2 / self.rate**2) * np.eye(self.dimension)

    @property
    def latent_cross_covariance(self) -> NDArray[np.float64]:
        """Across the step."""
        return np.eye(self.dimension)

    @property
    def mutual_information(self) -> float:
        """Between the views, in nats: the entropy after the step less that of the step."""
        grid = np.linspace(0, 10 + 40 / self.rate, 20_001)
        logs = self.partner_log_density(grid)
        heights = -np.exp(logs) * logs
        half = (heights.sum() - (heights[0] + heights[-1]) / 2) * (grid[1] - grid[0])
        return self.dimension * float(2 * half - np.log(2 / self.rate) - 1)

    @property
    def equivalence_class(self) -> Equivalence:
        """Steps along the axes keep them, but not their order and signs."""
        return Equivalence.PERMUTATION_SIGN

    def partner_log_density(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        r"""Of each number after the step: :math:`\tfrac\lambda2 e^{\lambda^2/2}\bigl[
        e^{-\lambda z}\Phi(z-\lambda) + e^{\lambda z}\Phi(-z-\lambda)\bigr]`, in nats."""
        up = log_ndtr(z - self.rate) - self.rate * z
        down = log_ndtr(-z - self.rate) + self.rate * z
        return np.logaddexp(up, down) + self.rate**2 / 2 + np.log(self.rate / 2)

    def density_ratio(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        """``log p(x, y) / p(x) p(y)``, row by row."""
        z, later = self.mixing.inverse(x), self.mixing.inverse(y)
        step = np.log(self.rate / 2) - self.rate * np.abs(later - z)
        return np.sum(step - self.partner_log_density(later), axis=1)

    def draw(self, n: int, seed: int) -> Pairs:
        """``n`` independent pairs, the same for the same seed."""
        generator = generator_of(n, seed)
        latents = generator.standard_normal((n, self.dimension))
        partners = latents + generator.laplace(scale=1 / self.rate, size=latents.shape)
        return Pairs(self.mixing(latents), self.mixing(partners), latents, partners)
