"""Dependent sources of which each is modulated on its own."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.mixings import Mixing, Orthogonal
from ssl_theory.processes.pairs import Pairs, generator_of
from ssl_theory.processes.parameters import at_least
from ssl_theory.processes.random_covariance import random_correlations
from ssl_theory.processes.segments import segment_density_ratio, segment_posterior

__all__ = ["ModulatedDependence"]


@dataclass(frozen=True)
class ModulatedDependence:
    r"""In segment ``t`` the latents are normal with precision :math:`\Sigma^{-1}/2d +
    \mathrm{diag}(1/v_t)`: one base law in which they depend on each other, times a factor for
    each of them that changes with the segment. Pairs are two independent draws of one segment.

    So independently modulated components need not be independent [khemakhem2020icebeem]. The base
    ``Sigma`` has the correlations of a Wishart matrix and the roots of :math:`v_{ti}` are uniform
    between 0.01 and 3, all drawn from ``world_seed``.

    >>> ModulatedDependence(segments=4).variances.shape
    (4, 3)
    """

    dimension: int = 3
    segments: int = 10
    mixing: Mixing = Orthogonal()
    world_seed: int = 0

    def __post_init__(self) -> None:
        at_least("dimension", 1, self.dimension)
        at_least("segments", 2, self.segments)

    @property
    def variances(self) -> NDArray[np.float64]:
        """The ``v``, ``(segments, dimension)``."""
        return self._drawn[1]

    @property
    def base_precision(self) -> NDArray[np.float64]:
        """What all segments share."""
        return np.linalg.inv(self._drawn[0]) / (2 * self.dimension)

    @property
    def precisions(self) -> NDArray[np.float64]:
        """Of every segment, ``(segments, dimension, dimension)``."""
        return self.base_precision + np.eye(self.dimension) / self.variances[:, None]

    @property
    def covariances(self) -> NDArray[np.float64]:
        """Of every segment."""
        return np.asarray(np.linalg.inv(self.precisions), dtype=np.float64)

    @property
    def latent_covariance(self) -> NDArray[np.float64]:
        """Over all segments."""
        return self.covariances.mean(0)

    @property
    def latent_cross_covariance(self) -> NDArray[np.float64]:
        """Zero: a segment says how its items vary, not where they are."""
        return np.zeros((self.dimension, self.dimension))

    @property
    def equivalence_class(self) -> Equivalence:
        """An order of the latents and a function of each."""
        return Equivalence.PERMUTATION_SCALE

    def posterior(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        """The probability of each segment given ``x``, ``(items, segments)``."""
        return segment_posterior(self._log_likelihoods(x))

    def density_ratio(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        """``log p(x, y) / p(x) p(y)``, row by row; never above the log number of segments."""
        return segment_density_ratio(self._log_likelihoods(x), self._log_likelihoods(y))

    def draw(self, n: int, seed: int) -> Pairs:
        """``n`` independent pairs; ``segment`` is where both of them are from."""
        generator = generator_of(n, seed)
        segment = generator.integers(self.segments, size=n)
        roots = np.linalg.cholesky(self.covariances)[segment]
        normal = generator.standard_normal((2, n, self.dimension, 1))
        latents, partners = (roots @ normal)[..., 0]
        return Pairs(
            self.mixing(latents), self.mixing(partners), latents, partners, {"segment": segment}
        )

    def _log_likelihoods(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        # Up to what all segments share.
        z = self.mixing.inverse(x)
        squares = np.einsum("ni,tij,nj->nt", z, self.precisions, z)
        return (np.linalg.slogdet(self.precisions)[1] - squares) / 2

    @cached_property
    def _drawn(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        generator = np.random.default_rng(self.world_seed)
        base = random_correlations(self.dimension, generator)
        return base, generator.uniform(0.01, 3, (self.segments, self.dimension)) ** 2
