"""White normal latents and what they have become a while later, through a mixing."""

from dataclasses import dataclass
from math import comb

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.gaussian_truth import gaussian_entropy, gaussian_information
from ssl_theory.processes.mixings import Mixing, Orthogonal
from ssl_theory.processes.pairs import Pairs, generator_of
from ssl_theory.processes.parameters import at_least, between

__all__ = ["OrnsteinUhlenbeckPairs"]


@dataclass(frozen=True)
class OrnsteinUhlenbeckPairs:
    r""":math:`z \sim N(0, I)`, :math:`z' = \rho z + \sqrt{1-\rho^2}\,\eta`, seen as ``x = g(z)``:
    a step of the Ornstein-Uhlenbeck process, which is as likely backwards.

    ``correlation`` is that between the views; two views each one such step from a common anchor
    would have its square. The functions of ``z`` that are predicted best are polynomials: those of
    degree ``k`` have autocorrelation :math:`\rho^k`, so linear ones come first
    [klindt2026worldmodel].

    >>> OrnsteinUhlenbeckPairs(dimension=2, correlation=0.5).transfer_spectrum(2).tolist()
    [1.0, 0.5, 0.5, 0.25, 0.25, 0.25]
    """

    dimension: int = 2
    correlation: float = 0.8
    mixing: Mixing = Orthogonal()

    def __post_init__(self) -> None:
        at_least("dimension", 1, self.dimension)
        between("correlation", 0, 0.999999, self.correlation)

    @property
    def latent_covariance(self) -> NDArray[np.float64]:
        """Within a view."""
        return np.eye(self.dimension)

    @property
    def latent_cross_covariance(self) -> NDArray[np.float64]:
        """Across the views."""
        return self.correlation * np.eye(self.dimension)

    @property
    def latent_entropy(self) -> float:
        """Of the latents, in nats."""
        return gaussian_entropy(self.latent_covariance)

    @property
    def canonical_autocorrelations(self) -> NDArray[np.float64]:
        """Of the latents; whatever the mixing, no functions of the views have larger ones."""
        return np.full(self.dimension, self.correlation)

    @property
    def mutual_information(self) -> float:
        """Between the views, in nats."""
        return gaussian_information(self.canonical_autocorrelations)

    @property
    def equivalence_class(self) -> Equivalence:
        """White normal latents have no axes."""
        return Equivalence.ORTHOGONAL

    def transfer_spectrum(self, degree: int) -> NDArray[np.float64]:
        r"""Autocorrelations of all orthogonal polynomials up to a degree, largest first:
        :math:`\binom{d+k-1}{k}` of degree ``k``, the constant among them."""
        degrees = np.arange(degree + 1)
        counts = [comb(self.dimension + k - 1, k) for k in degrees]
        return np.repeat(self.correlation**degrees, counts)

    def density_ratio(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        """``log p(x, y) / p(x) p(y)``, row by row."""
        rho, z, w = self.correlation, self.mixing.inverse(x), self.mixing.inverse(y)
        exponent = (2 * rho * z * w - rho**2 * (z**2 + w**2)) / (2 * (1 - rho**2))
        return exponent.sum(1) + self.mutual_information

    def draw(self, n: int, seed: int) -> Pairs:
        """``n`` independent pairs, the same for the same seed."""
        latents, fresh = generator_of(n, seed).standard_normal((2, n, self.dimension))
        partners = self.correlation * latents + np.sqrt(1 - self.correlation**2) * fresh
        return Pairs(self.mixing(latents), self.mixing(partners), latents, partners)
