"""Items made of a few atoms of a dictionary, cut in two by a mask."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes.complementary_masks import masked_covariances, masked_views
from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.gaussian_truth import canonical_correlations
from ssl_theory.processes.mixings.orthogonal import random_rotation
from ssl_theory.processes.pairs import Pairs, generator_of
from ssl_theory.processes.parameters import at_least, between, positive

__all__ = ["SparseCoding"]


@dataclass(frozen=True)
class SparseCoding:
    r""":math:`x = Mz + \xi`: each of ``atoms`` latents is :math:`\pm 1` with probability
    ``active / atoms`` in all and zero otherwise, ``M`` has orthonormal columns in ``features``
    dimensions, and :math:`\xi` is white with variance ``noise``. One view sees the coordinates in
    a random half, the other those in the rest [wen2021feature].

    All latents have one variance, so second moments cannot tell the atoms from a rotation of
    them; only that they are rarely active can.

    >>> float(SparseCoding(atoms=4, active=1).latent_variance)
    0.25
    """

    features: int = 12
    atoms: int = 6
    active: float = 2.0
    noise: float = 0.1
    world_seed: int = 0

    def __post_init__(self) -> None:
        at_least("atoms", 1, self.atoms)
        at_least("features", self.atoms, self.features)
        positive("active", self.active)
        between("active", 0, self.atoms, self.active)
        positive("noise", self.noise)

    @property
    def dictionary(self) -> NDArray[np.float64]:
        """The columns of ``M`` are the atoms."""
        rotation = random_rotation(self.features, np.random.default_rng(self.world_seed))
        return rotation[:, : self.atoms]

    @property
    def latent_variance(self) -> float:
        """Of each latent: how often it is active."""
        return self.active / self.atoms

    @property
    def item_covariance(self) -> NDArray[np.float64]:
        """Before the mask."""
        signal = self.latent_variance * self.dictionary @ self.dictionary.T
        return signal + self.noise * np.eye(self.features)

    @property
    def covariance(self) -> NDArray[np.float64]:
        """Within a view."""
        return masked_covariances(self.item_covariance)[0]

    @property
    def cross_covariance(self) -> NDArray[np.float64]:
        """Across the views; the noise is not in it."""
        return masked_covariances(self.item_covariance)[1]

    @property
    def canonical_autocorrelations(self) -> NDArray[np.float64]:
        """Without their signs, largest first."""
        return canonical_correlations(self.covariance, self.cross_covariance, self.covariance)

    @property
    def equivalence_class(self) -> Equivalence:
        """Latents that are sparse are known up to their order and signs."""
        return Equivalence.PERMUTATION_SIGN

    def draw(self, n: int, seed: int) -> Pairs:
        """``n`` independent pairs, the same for the same seed; ``mask`` is what ``x`` sees."""
        generator = generator_of(n, seed)
        active = generator.random((n, self.atoms)) < self.latent_variance
        latents = active * generator.choice([-1.0, 1.0], (n, self.atoms))
        noise = np.sqrt(self.noise) * generator.standard_normal((n, self.features))
        x, y, mask = masked_views(latents @ self.dictionary.T + noise, generator)
        return Pairs(x, y, latents, latents, {"mask": mask})
