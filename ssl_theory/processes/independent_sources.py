"""Independent sources of one law, some of which a partner keeps."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.generalised_normal import GeneralisedNormal
from ssl_theory.processes.mixings import Mixing, Orthogonal
from ssl_theory.processes.pairs import Pairs, generator_of
from ssl_theory.processes.parameters import at_least, between

__all__ = ["IndependentSources"]


@dataclass(frozen=True)
class IndependentSources:
    r"""``x = g(z)`` with independent :math:`z_i` of density :math:`\propto \exp(-|z_i/\lambda|^p)`
    and variance one; the partner keeps each :math:`z_i` with probability ``persistence`` and has a
    fresh one otherwise, so both have the same law.

    With a ``persistence`` of zero the views share nothing, and one view alone is the model of
    independent component analysis [comon1994ica]: a linear mixing can be undone up to the order
    and signs of the sources, unless they are normal and no rotation can be told from another.

    >>> IndependentSources(power=2.0, persistence=0.0).equivalence_class.name
    'ORTHOGONAL'
    """

    dimension: int = 3
    power: float = 1.0
    persistence: float = 0.5
    mixing: Mixing = Orthogonal()

    def __post_init__(self) -> None:
        at_least("dimension", 1, self.dimension)
        between("persistence", 0, 1, self.persistence)
        _ = self.source

    @property
    def source(self) -> GeneralisedNormal:
        """The law of each latent."""
        return GeneralisedNormal(self.power)

    @property
    def latent_covariance(self) -> NDArray[np.float64]:
        """Of the sources."""
        return np.eye(self.dimension)

    @property
    def latent_cross_covariance(self) -> NDArray[np.float64]:
        """Of the sources and those of the partner."""
        return self.persistence * np.eye(self.dimension)

    @property
    def canonical_autocorrelations(self) -> NDArray[np.float64]:
        """Of the sources; no function of one source alone has any other."""
        return np.full(self.dimension, self.persistence)

    @property
    def latent_entropy(self) -> float:
        """Of the sources, in nats."""
        return self.dimension * self.source.entropy

    @property
    def mutual_information(self) -> float:
        """Infinite where a source may be kept exactly."""
        return np.inf if self.persistence else 0.0

    @property
    def equivalence_class(self) -> Equivalence:
        """Rotations keep independent normal sources what they are, and no other ones."""
        if self.power == 2 and self.persistence in (0, 1):
            return Equivalence.ORTHOGONAL
        return Equivalence.PERMUTATION_SIGN

    def draw(self, n: int, seed: int) -> Pairs:
        """``n`` independent pairs; ``kept`` says which sources the partner has too."""
        generator = generator_of(n, seed)
        latents, fresh = self.source.draw((2, n, self.dimension), generator)
        kept = generator.random((n, self.dimension)) < self.persistence
        partners = np.where(kept, latents, fresh)
        return Pairs(self.mixing(latents), self.mixing(partners), latents, partners, {"kept": kept})
