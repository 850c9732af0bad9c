"""Partners that share some coordinates exactly and are strangers in the others."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.mixings import Mixing, Unmixed
from ssl_theory.processes.pairs import Pairs, generator_of
from ssl_theory.processes.parameters import at_least, between

__all__ = ["ResampledPairs"]


@dataclass(frozen=True)
class ResampledPairs:
    r"""Natural pairs: two scenes in which some factors are the same.

    .. math::
        z \sim U[0, 1]^d, \qquad z'_j = z_j \text{ with probability } 1 - p, \text{ else }
        z'_j \sim U[0, 1], \qquad x = g(z)

    ``change`` is :math:`p`, for each coordinate on its own. Whatever the function, one of a
    single coordinate has the autocorrelation :math:`1 - p`, and a product of functions of ``k``
    coordinates, each of mean zero, :math:`(1 - p)^k`. What is kept is kept exactly, so that there
    is no end of information. [zhang2026adassl]

    >>> ResampledPairs(dimension=3, change=0.2).autocorrelation(1)
    0.8
    """

    dimension: int = 3
    change: float = 0.2
    mixing: Mixing = field(default_factory=Unmixed)

    def __post_init__(self) -> None:
        at_least("dimension", 1, self.dimension)
        between("change", 0, 1, self.change)

    @property
    def equivalence_class(self) -> Equivalence:
        """Any function of one coordinate alone is as good as the coordinate."""
        return Equivalence.PERMUTATION_SCALE

    @property
    def latent_covariance(self) -> NDArray[np.float64]:
        """Of the places, and of the partners."""
        return np.eye(self.dimension) / 12

    @property
    def latent_cross_covariance(self) -> NDArray[np.float64]:
        """Across the views."""
        return (1 - self.change) * self.latent_covariance

    @property
    def mutual_information(self) -> float:
        """Without end, unless every coordinate is new."""
        return np.inf if self.change < 1 else 0.0

    @property
    def all_kept(self) -> float:
        """How often a partner is the item itself."""
        return (1 - self.change) ** self.dimension

    def autocorrelation(self, order: int) -> float:
        """Of a product of functions of mean zero of ``order`` coordinates."""
        return (1 - self.change) ** order

    def bayes_r2(self, order: int = 1) -> float:
        """The share of the variance of such a product that the other view explains."""
        return self.autocorrelation(order) ** 2

    def draw(self, n: int, seed: int) -> Pairs:
        """``n`` independent pairs; ``changed`` says which coordinates are new."""
        rng = generator_of(n, seed)
        z, fresh, lot = rng.random((3, n, self.dimension))
        changed = lot < self.change
        partner = np.where(changed, fresh, z)
        return Pairs(self.mixing(z), self.mixing(partner), z, partner, {"changed": changed})
