"""Directions, and other directions near them."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ssl_theory.bessel import log_bessel
from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.mixings import Mixing, Unmixed
from ssl_theory.processes.pairs import Pairs, generator_of
from ssl_theory.processes.parameters import at_least, positive

__all__ = ["SpherePairs"]


@dataclass(frozen=True)
class SpherePairs:
    r"""``z`` is uniform on the sphere of radius ``radius`` in ``dimension`` dimensions and its
    partner has the von Mises-Fisher law about it, :math:`p(z'\mid z) \propto
    \exp(\kappa\,\langle z, z'\rangle / r^2)`; what is seen is ``x = g(z)``.

    This is the process that InfoNCE with temperature :math:`1/\kappa` inverts up to a rotation
    [zimmermann2021inverts]. With :math:`A = I_{d/2}(\kappa)/I_{d/2-1}(\kappa)` the mean cosine,
    the views share :math:`\kappa A + \log C_d(\kappa) + \log|S^{d-1}|` nats.

    >>> sphere = SpherePairs(dimension=3, concentration=2.0)
    >>> bool(np.isclose(sphere.mean_cosine, 1 / np.tanh(2) - 1 / 2))
    True
    """

    dimension: int = 3
    concentration: float = 10.0
    radius: float = 1.0
    mixing: Mixing = Unmixed()

    def __post_init__(self) -> None:
        at_least("dimension", 2, self.dimension)
        positive("concentration", self.concentration)
        positive("radius", self.radius)

    @property
    def mean_cosine(self) -> float:
        """Of the angle between partners."""
        order, kappa = self.dimension / 2, self.concentration
        return math.exp(log_bessel(order, kappa) - log_bessel(order - 1, kappa))

    @property
    def latent_covariance(self) -> NDArray[np.float64]:
        """The same in all directions."""
        return self.radius**2 / self.dimension * np.eye(self.dimension)

    @property
    def latent_cross_covariance(self) -> NDArray[np.float64]:
        """The same in all directions."""
        return self.mean_cosine * self.latent_covariance

    @property
    def canonical_autocorrelations(self) -> NDArray[np.float64]:
        """The mean cosine, in all directions; harmonics of higher degree have smaller ones."""
        return np.full(self.dimension, self.mean_cosine)

    def transfer_spectrum(self, degree: int) -> NDArray[np.float64]:
        r"""Autocorrelations of all spherical harmonics up to a degree, largest first.

        By Funk and Hecke those of degree ``k`` have
        :math:`I_{d/2-1+k}(\kappa)/I_{d/2-1}(\kappa)`; there are
        :math:`\binom{d+k-1}{k} - \binom{d+k-3}{k-2}` of them, the constant among them.
        """
        d, order, kappa = self.dimension, self.dimension / 2 - 1, self.concentration
        values, counts = [], []
        for k in range(degree + 1):
            values.append(math.exp(log_bessel(order + k, kappa) - log_bessel(order, kappa)))
            lower = math.comb(d + k - 3, k - 2) if k > 1 else 0
            counts.append(math.comb(d + k - 1, k) - lower)
        return np.repeat(values, counts)

    @property
    def mutual_information(self) -> float:
        """Between the views, in nats."""
        return self.concentration * self.mean_cosine + self._log_peak

    @property
    def equivalence_class(self) -> Equivalence:
        """Rotations keep cosines."""
        return Equivalence.ORTHOGONAL

    def density_ratio(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        """``log p(x, y) / p(x) p(y)``, row by row."""
        cosine = np.sum(self.mixing.inverse(x) * self.mixing.inverse(y), axis=1) / self.radius**2
        return self.concentration * cosine + self._log_peak

    def draw(self, n: int, seed: int) -> Pairs:
        """``n`` independent pairs, the same for the same seed."""
        generator = generator_of(n, seed)
        normal, away = generator.standard_normal((2, n, self.dimension))
        latents = normal / np.linalg.norm(normal, axis=1, keepdims=True)
        away -= np.sum(away * latents, axis=1, keepdims=True) * latents
        away /= np.linalg.norm(away, axis=1, keepdims=True)
        cosine = self._cosines(n, generator)[:, None]
        partners = cosine * latents + np.sqrt(1 - cosine**2) * away
        latents, partners = self.radius * latents, self.radius * partners
        return Pairs(self.mixing(latents), self.mixing(partners), latents, partners)

    def _cosines(self, n: int, generator: np.random.Generator) -> NDArray[np.float64]:
        # Wood's rejection: the envelope is a beta variable bent towards one, so that more than a
        # constant share of proposals is accepted at every concentration and dimension.
        d, kappa = self.dimension, self.concentration
        bend = (d - 1) / (2 * kappa + math.hypot(2 * kappa, d - 1))
        pole = (1 - bend) / (1 + bend)
        top = kappa * pole + (d - 1) * math.log1p(-(pole**2))
        accepted = np.empty(0)
        while len(accepted) < n:
            proposed = generator.beta((d - 1) / 2, (d - 1) / 2, size=2 * n)
            cosine = (1 - (1 + bend) * proposed) / (1 - (1 - bend) * proposed)
            height = kappa * cosine + (d - 1) * np.log1p(-pole * cosine) - top
            accepted = np.append(accepted, cosine[np.log(generator.random(2 * n)) < height])
        return accepted[:n]

    @property
    def _log_peak(self) -> float:
        """The log normaliser of the conditional law against the uniform one."""
        order, kappa = self.dimension / 2 - 1, self.concentration
        log_constant = order * math.log(kappa / 2) - log_bessel(order, kappa)
        return log_constant - math.lgamma(self.dimension / 2)
