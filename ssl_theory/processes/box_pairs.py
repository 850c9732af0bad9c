"""Points of a box, and other points near them, by a norm."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.generalised_normal import GeneralisedNormal
from ssl_theory.processes.mixings import Mixing, Unmixed
from ssl_theory.processes.pairs import Pairs, generator_of
from ssl_theory.processes.parameters import at_least

__all__ = ["BoxPairs"]

NODES = 32  # of each quadrature, on each side of the kink at a partner that is no step away


@dataclass(frozen=True)
class BoxPairs:
    r"""``z`` is uniform on :math:`[0,1]^d` and its partner is a step away in each coordinate,
    :math:`p(z'_i\mid z_i) \propto \exp(-|(z'_i-z_i)/\lambda|^p)` inside of the box; what is seen
    is ``x = g(z)``.

    InfoNCE with the distance of the same ``power`` finds the latents up to their order and
    reflections; with another it finds what serves that distance [zimmermann2021inverts].
    ``deviation`` is the standard deviation of a step away from the walls, whatever the power.

    The partner is not uniform: nothing steps through a wall, so the density beside one is lower.

    >>> wide = BoxPairs(dimension=2, power=1.0, deviation=100.0)
    >>> round(wide.mutual_information, 4)  # a step of any size is a fresh point
    0.0
    """

    dimension: int = 3
    power: float = 1.0
    deviation: float = 0.1
    mixing: Mixing = Unmixed()

    def __post_init__(self) -> None:
        at_least("dimension", 1, self.dimension)
        _ = self.step

    @property
    def step(self) -> GeneralisedNormal:
        """The law of a step where there is no wall."""
        return GeneralisedNormal(self.power, self.deviation)

    @property
    def latent_covariance(self) -> NDArray[np.float64]:
        """Of the points."""
        return np.eye(self.dimension) / 12

    @property
    def latent_partner_covariance(self) -> NDArray[np.float64]:
        """Of the partners."""
        _, ends, weights = self._steps()
        mean = np.sum(weights * ends)
        return np.sum(weights * (ends - mean) ** 2) * np.eye(self.dimension)

    @property
    def latent_cross_covariance(self) -> NDArray[np.float64]:
        """Across the views."""
        starts, ends, weights = self._steps()
        return np.sum(weights * (starts - 0.5) * ends) * np.eye(self.dimension)

    @property
    def mutual_information(self) -> float:
        """Between the views, in nats."""
        starts, ends, weights = self._steps()
        return self.dimension * float(np.sum(weights * self._log_ratios(starts, ends)))

    @property
    def equivalence_class(self) -> Equivalence:
        """Each coordinate may be reflected, and they have no order."""
        return Equivalence.PERMUTATION_SIGN

    def density_ratio(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        """``log p(x, y) / p(x) p(y)``, row by row."""
        return self._log_ratios(self.mixing.inverse(x), self.mixing.inverse(y)).sum(1)

    def draw(self, n: int, seed: int) -> Pairs:
        """``n`` independent pairs: a step is the quantile of a uniform number, never retried."""
        where, step = generator_of(n, seed).random((2, n, self.dimension))
        low, high = self.step.cumulative(-where), self.step.cumulative(1 - where)
        partners = (where + self.step.quantile(low + step * (high - low))).clip(0, 1)
        return Pairs(self.mixing(where), self.mixing(partners), where, partners)

    def _room(self, starts: NDArray[np.float64]) -> NDArray[np.float64]:
        # The log probability that a step without walls would stay inside.
        inside = self.step.cumulative(1 - starts) - self.step.cumulative(-starts)
        return np.log(inside)

    def _log_ratios(
        self, starts: NDArray[np.float64], ends: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        conditional = self.step.log_density(ends - starts) - self._room(starts)
        origins, weights = _around(ends)
        arrivals = self.step.log_density(ends[..., None] - origins) - self._room(origins)
        return conditional - np.log(np.sum(weights * np.exp(arrivals), axis=-1))

    def _steps(self) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Points, partners and what each pair weighs, for one coordinate."""
        whole, weights = np.polynomial.legendre.leggauss(NODES)
        starts = np.broadcast_to((whole[:, None] + 1) / 2, (NODES, 2 * NODES))
        ends, step_weights = _around(starts[:, 0])
        density = np.exp(self.step.log_density(ends - starts) - self._room(starts))
        return starts, ends, weights[:, None] / 2 * step_weights * density


def _around(points: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Nodes on either side of each point of the unit interval, and their weights."""
    whole, weights = np.polynomial.legendre.leggauss(NODES)
    nodes, point = (whole + 1) / 2, points[..., None]
    # Squared, they crowd about the point, where a narrow density has all of its mass.
    left, right = point * (1 - nodes**2), point + (1 - point) * nodes**2
    crowding = weights * nodes
    scales = np.concatenate([point * crowding, (1 - point) * crowding], axis=-1)
    return np.concatenate([left, right], axis=-1), scales
