"""Partners to one side or to the other, and hardly ever between."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.mixings import Mixing, Unmixed
from ssl_theory.processes.pairs import Pairs, generator_of
from ssl_theory.processes.parameters import positive

__all__ = ["TwoWayPairs"]

NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(200)


@dataclass(frozen=True)
class TwoWayPairs:
    r"""Two kinds of partners, equally likely.

    .. math::
        z \sim N(0, I), \qquad z' = z + b\,D + \sigma\,\varepsilon, \quad b = \pm 1, \quad
        \varepsilon \sim N(0, I), \qquad x = g(z)

    ``displacement`` is :math:`D`, ``noise`` the variance :math:`\sigma^2`. The mean of the
    partners is the place itself, where no partner is. How much the partner tells of the side
    :math:`b` is the information of a sign through a Gaussian channel, a single integral.
    [zhang2026adassl]

    With no displacement it is one Gaussian:

    >>> together = TwoWayPairs(displacement=(0.0, 0.0), noise=1.0)
    >>> round(together.mutual_information, 6), round(float(np.log(2)), 6)
    (0.693147, 0.693147)
    """

    displacement: tuple[float, ...] = (1.0, 0.0)
    noise: float = 0.1
    mixing: Mixing = field(default_factory=Unmixed)

    def __post_init__(self) -> None:
        if not self.displacement:
            raise ValueError("`displacement` must have a coordinate, got none. Use (1.0, 0.0).")
        positive("noise", self.noise)

    @property
    def equivalence_class(self) -> Equivalence:
        """A rotation of the normal law, about the axis of the displacement or with it."""
        return Equivalence.ORTHOGONAL

    @property
    def latent_covariance(self) -> NDArray[np.float64]:
        """Of the places."""
        return np.eye(len(self.displacement))

    @property
    def latent_partner_covariance(self) -> NDArray[np.float64]:
        """Of the partners."""
        apart = np.outer(self.displacement, self.displacement)
        return (1 + self.noise) * self.latent_covariance + apart

    @property
    def latent_cross_covariance(self) -> NDArray[np.float64]:
        """Across the views."""
        return self.latent_covariance

    @property
    def conditional_entropy(self) -> float:
        """Of a partner's latents given the place, in nats."""
        return self._mixture_entropy(self.noise)

    @property
    def mutual_information(self) -> float:
        """What a place says about its partner, in nats."""
        return self._mixture_entropy(1 + self.noise) - self.conditional_entropy

    @property
    def one_way_gap(self) -> float:
        """What the best Gaussian prediction of the partner loses, in nats."""
        stretch = 1 + np.square(self.displacement).sum() / self.noise
        return float(np.log(stretch) / 2) - sign_information(self._ratio(self.noise))

    @property
    def bayes_r2(self) -> float:
        """The share of the partners' variance that their mean explains."""
        return len(self.displacement) / float(np.trace(self.latent_partner_covariance))

    def density_ratio(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        """``log p(x, y) / p(x) p(y)``, row by row."""
        z, partner = self.mixing.inverse(x), self.mixing.inverse(y)
        near = self._log_mixture(partner - z, self.noise)
        return near - self._log_mixture(partner, 1 + self.noise)

    def draw(self, n: int, seed: int) -> Pairs:
        """``n`` independent pairs, with the ``side`` of each."""
        rng = generator_of(n, seed)
        z, step = rng.standard_normal((2, n, len(self.displacement)))
        side = np.where(rng.random(n) < 0.5, 1, -1)
        partner = z + side[:, None] * np.array(self.displacement) + np.sqrt(self.noise) * step
        return Pairs(self.mixing(z), self.mixing(partner), z, partner, {"side": side})

    def _ratio(self, variance: float) -> float:
        return float(np.linalg.norm(self.displacement) / np.sqrt(variance))

    def _mixture_entropy(self, variance: float) -> float:
        """Of ``b D`` plus normal noise."""
        normal = len(self.displacement) / 2 * np.log(2 * np.pi * np.e * variance)
        return float(normal) + sign_information(self._ratio(variance))

    def _log_mixture(self, step: NDArray[np.float64], variance: float) -> NDArray[np.float64]:
        left, right = (
            -np.sum((step - side * np.array(self.displacement)) ** 2, axis=1) / (2 * variance)
            for side in (-1, 1)
        )
        volume = np.log(2) + len(self.displacement) / 2 * np.log(2 * np.pi * variance)
        return np.logaddexp(left, right) - volume


def sign_information(ratio: float) -> float:
    r"""What :math:`a b + \varepsilon` tells of the sign ``b``, in nats, ``a`` being the ratio.

    :math:`\log 2 - E \log(1 + e^{-2 a (a + \varepsilon)})`.

    >>> sign_information(0.0), round(sign_information(10.0), 6)
    (0.0, 0.693147)
    """
    lost = np.logaddexp(0, -2 * ratio * (ratio + NODES))
    return float(np.log(2) - WEIGHTS @ lost / WEIGHTS.sum())
