"""Partners that are near at some places and far at others."""

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.mixings import Mixing, Unmixed
from ssl_theory.processes.pairs import Pairs, generator_of
from ssl_theory.processes.parameters import at_least, positive

__all__ = ["Ramp", "Stripes", "UnevenPairs"]


@dataclass(frozen=True)
class Stripes:
    """Equal stripes of the unit interval that take the ``scales`` in turn, ``repeats`` times."""

    scales: tuple[float, ...] = (0.02, 0.1)
    repeats: int = 4

    def __post_init__(self) -> None:
        positive("scales", *self.scales)
        at_least("repeats", 1, self.repeats)

    def __call__(self, place: NDArray[np.float64]) -> NDArray[np.float64]:
        """The scale at each place."""
        stripe = np.floor(place * self.repeats * len(self.scales)).astype(np.int64)
        return np.array(self.scales, dtype=np.float64)[stripe % len(self.scales)]

    @property
    def mean_logarithm(self) -> float:
        """Over the interval."""
        return float(np.log(self.scales).mean())

    @property
    def mean_square(self) -> float:
        """Over the interval."""
        return float(np.square(self.scales).mean())


@dataclass(frozen=True)
class Ramp:
    """A scale that grows from ``least`` by the factor ``exp(rate)`` over the unit interval."""

    least: float = 0.02
    rate: float = 2.0

    def __post_init__(self) -> None:
        positive("least", self.least)
        positive("rate", self.rate)

    def __call__(self, place: NDArray[np.float64]) -> NDArray[np.float64]:
        """The scale at each place."""
        return self.least * np.exp(self.rate * place)

    @property
    def mean_logarithm(self) -> float:
        """Over the interval."""
        return float(np.log(self.least) + self.rate / 2)

    @property
    def mean_square(self) -> float:
        """Over the interval."""
        return float(self.least**2 * np.expm1(2 * self.rate) / (2 * self.rate))


@dataclass(frozen=True)
class UnevenPairs:
    r"""One partner of many, as far as the place allows.

    .. math::
        z \sim U[0, 1]^d, \qquad z' = z + \sigma(z_1)\,\varepsilon, \quad
        \varepsilon \sim N(0, I), \qquad x = g(z)

    ``scale`` is :math:`\sigma`. A critic that gives every place the same tolerance cannot say
    which partners are near for their place: its best, of variance :math:`E \sigma^2`, loses
    :math:`d\,(\tfrac12 \log E \sigma^2 - E \log \sigma)` nats of information. [zhang2026adassl]

    >>> UnevenPairs(scale=Stripes(scales=(0.1, 0.1))).even_gap
    0.0
    """

    dimension: int = 2
    scale: Stripes | Ramp = field(default_factory=Stripes)
    mixing: Mixing = field(default_factory=Unmixed)

    def __post_init__(self) -> None:
        at_least("dimension", 1, self.dimension)

    @property
    def equivalence_class(self) -> Equivalence:
        """Coordinates of a uniform law, each as good from the left as the right."""
        return Equivalence.PERMUTATION_SIGN

    @property
    def latent_covariance(self) -> NDArray[np.float64]:
        """Of the places."""
        return np.eye(self.dimension) / 12

    @property
    def latent_partner_covariance(self) -> NDArray[np.float64]:
        """Of the partners."""
        return (1 / 12 + self.scale.mean_square) * np.eye(self.dimension)

    @property
    def latent_cross_covariance(self) -> NDArray[np.float64]:
        """Across the views: the steps are not correlated with the places."""
        return self.latent_covariance

    @property
    def conditional_entropy(self) -> float:
        """Of a partner's latents given the place, in nats."""
        return self.dimension * (math.log(2 * math.pi * math.e) / 2 + self.scale.mean_logarithm)

    @property
    def even_gap(self) -> float:
        """What the best critic of one tolerance loses, in nats."""
        return self.dimension * (math.log(self.scale.mean_square) / 2 - self.scale.mean_logarithm)

    @property
    def bayes_r2(self) -> float:
        """The share of the partners' variance that the place explains."""
        return 1 / (1 + 12 * self.scale.mean_square)

    def log_conditional(
        self, z: NDArray[np.float64], partner: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """``log p(z' | z)`` of latents, row by row."""
        scale = self.scale(z[:, :1])
        normal = ((partner - z) / scale) ** 2 / 2 + np.log(scale) + np.log(2 * np.pi) / 2
        return -np.sum(normal, axis=1)

    def draw(self, n: int, seed: int) -> Pairs:
        """``n`` independent pairs, with the ``scale`` of each."""
        rng = generator_of(n, seed)
        z = rng.random((n, self.dimension))
        scale = self.scale(z[:, :1])
        partner = z + scale * rng.standard_normal(z.shape)
        return Pairs(self.mixing(z), self.mixing(partner), z, partner, {"scale": scale[:, 0]})
