"""Independent causes, each of which moves what is seen at right angles to the others."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.mechanism_contrast import mechanism_contrast
from ssl_theory.processes.mixings import Mixing, Mobius
from ssl_theory.processes.pairs import Pairs, generator_of
from ssl_theory.processes.parameters import at_least, between

__all__ = ["IndependentMechanisms"]


@dataclass(frozen=True)
class IndependentMechanisms:
    r"""``x = g(z)`` with ``z`` uniform on the unit cube and a ``mixing`` whose Jacobian has
    orthogonal columns; the partner keeps each latent with probability ``persistence`` and has a
    fresh one otherwise.

    That the causes act independently, and not only are independent, is the assumption of
    independent mechanism analysis [gresele2021mechanism]. Any other mixing may be given to see it
    violated: :meth:`contrast` says by how much.

    >>> bool(IndependentMechanisms().contrast(100, seed=0) < 1e-8)
    True
    """

    dimension: int = 3
    persistence: float = 0.5
    mixing: Mixing = Mobius()

    def __post_init__(self) -> None:
        at_least("dimension", 1, self.dimension)
        between("persistence", 0, 1, self.persistence)

    @property
    def latent_covariance(self) -> NDArray[np.float64]:
        """Of the causes."""
        return np.eye(self.dimension) / 12

    @property
    def latent_cross_covariance(self) -> NDArray[np.float64]:
        """Of the causes and those of the partner."""
        return self.persistence * self.latent_covariance

    @property
    def latent_entropy(self) -> float:
        """Of a point of the unit cube, in nats."""
        return 0.0

    @property
    def mutual_information(self) -> float:
        """Infinite where a cause may be kept exactly."""
        return np.inf if self.persistence else 0.0

    @property
    def equivalence_class(self) -> Equivalence:
        """Functions of one cause alone keep angles of columns right."""
        return Equivalence.PERMUTATION_SCALE

    def contrast(self, n: int, seed: int) -> float:
        """The mean of :func:`mechanism_contrast` over ``n`` items."""
        return float(mechanism_contrast(self.mixing, self.draw(n, seed).latents).mean())

    def draw(self, n: int, seed: int) -> Pairs:
        """``n`` independent pairs; ``kept`` says which causes the partner has too."""
        generator = generator_of(n, seed)
        latents, fresh = generator.random((2, n, self.dimension))
        kept = generator.random((n, self.dimension)) < self.persistence
        partners = np.where(kept, latents, fresh)
        return Pairs(self.mixing(latents), self.mixing(partners), latents, partners, {"kept": kept})
