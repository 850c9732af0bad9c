"""Sources that remember a share of themselves and are pushed by Laplace shocks."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.mixings import Mixing, Perceptron
from ssl_theory.processes.pairs import Sequence, generator_of
from ssl_theory.processes.parameters import at_least, between

__all__ = ["LaplaceAutoregression"]

TERMS = 64  # of the stationary law; the weights fall off faster than any power


@dataclass(frozen=True)
class LaplaceAutoregression:
    r""":math:`z_t = \rho z_{t-1} + \varepsilon_t` in each of ``dimension`` independent sources,
    with Laplace shocks whose size makes the stationary variance one; ``x = g(z)``.

    Telling consecutive moments from moments of a shuffled time finds the sources, because their
    dependence is not that of a normal process [hyvarinen2017dependent]. Trajectories begin in the
    stationary law, which is the alternating mixture of Laplace laws

    .. math::
        p(z) = \sum_{k\ge0} c_k\, \mathrm{Laplace}(z; \rho^k b), \qquad
        c_k = \prod_{j\ge1}\frac1{1-\rho^{2j}} \prod_{j=1}^k \frac{-\rho^{2j}}{1-\rho^{2j}},

    by partial fractions of its characteristic function :math:`\prod_k (1+b^2\rho^{2k}u^2)^{-1}`.

    >>> sources = LaplaceAutoregression(persistence=0.5)
    >>> bool(np.isclose(sources.mixture_weights.sum(), 1))
    True
    """

    dimension: int = 2
    persistence: float = 0.7
    moments: int = 10
    mixing: Mixing = Perceptron()

    def __post_init__(self) -> None:
        at_least("dimension", 1, self.dimension)
        at_least("moments", 2, self.moments)
        between("persistence", 0.01, 0.9, self.persistence)

    @property
    def shock(self) -> float:
        """The scale ``b`` of the Laplace shocks, whose variance is twice its square."""
        return float(np.sqrt((1 - self.persistence**2) / 2))

    @property
    def mixture_weights(self) -> NDArray[np.float64]:
        """The ``c_k`` above, of alternating signs."""
        powers = self.persistence ** (2.0 * np.arange(1, 400))
        ratios = -powers[: TERMS - 1] / (1 - powers[: TERMS - 1])
        return np.concatenate([[1.0], np.cumprod(ratios)]) / np.prod(1 - powers)

    @property
    def latent_covariance(self) -> NDArray[np.float64]:
        """At every moment."""
        return np.eye(self.dimension)

    @property
    def latent_cross_covariance(self) -> NDArray[np.float64]:
        """Of consecutive moments."""
        return self.persistence * np.eye(self.dimension)

    @property
    def latent_entropy(self) -> float:
        """Of the sources at one moment, in nats."""
        grid = np.linspace(0, 50, 10_001)
        logs = self.stationary_log_density(grid)
        heights = -np.exp(logs) * logs
        half = (heights.sum() - (heights[0] + heights[-1]) / 2) * (grid[1] - grid[0])
        return 2 * self.dimension * float(half)

    @property
    def mutual_information(self) -> float:
        """Between consecutive moments, in nats: the entropy less that of the shocks."""
        return self.latent_entropy - self.dimension * float(np.log(2 * self.shock) + 1)

    @property
    def equivalence_class(self) -> Equivalence:
        """An order of the sources and a function of each."""
        return Equivalence.PERMUTATION_SCALE

    def stationary_log_density(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        """Of each number at one moment, in nats."""
        far = np.abs(z)[..., None] / self.shock
        scales = self.persistence ** np.arange(TERMS)
        # Measured from the widest of the laws, so that far out it alone is left.
        relative = np.exp(far * (1 - 1 / scales))
        mixture = np.sum(self.mixture_weights / scales * relative, axis=-1)
        return np.log(mixture) - far[..., 0] - np.log(2 * self.shock)

    def transition_log_density(
        self, z: NDArray[np.float64], given: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Of each number, given the one a moment before, in nats."""
        return -np.abs(z - self.persistence * given) / self.shock - np.log(2 * self.shock)

    def density_ratio(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        """``log p(x, y) / p(x) p(y)`` of a moment and the next, row by row."""
        z, later = self.mixing.inverse(x), self.mixing.inverse(y)
        transition = self.transition_log_density(later, given=z)
        return np.sum(transition - self.stationary_log_density(later), axis=1)

    def draw(self, n: int, seed: int) -> Sequence:
        """``n`` independent stationary trajectories, the same for the same seed."""
        past = int(np.ceil(np.log(1e-17) / np.log(self.persistence)))
        shape = past + self.moments, n, self.dimension
        shocks = generator_of(n, seed).laplace(scale=self.shock, size=shape)
        states = [np.tensordot(self.persistence ** np.arange(past, -1, -1), shocks[: past + 1], 1)]
        for shock in shocks[past + 1 :]:
            states.append(self.persistence * states[-1] + shock)
        latents = np.stack(states, axis=1)
        return Sequence(self.mixing(latents), latents)
