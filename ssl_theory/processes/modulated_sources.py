"""Independent sources whose loudness changes from one segment of time to the next."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.mixings import Mixing, Perceptron
from ssl_theory.processes.pairs import Pairs, generator_of
from ssl_theory.processes.parameters import at_least
from ssl_theory.processes.segments import segment_density_ratio, segment_posterior

__all__ = ["ModulatedSources"]


@dataclass(frozen=True)
class ModulatedSources:
    r"""In segment ``t`` the source ``i`` is Laplace with standard deviation :math:`\Lambda_{ti}`,
    and ``x = g(z)``. The deviations are uniform on ``[0, 1]``, drawn from ``world_seed``; pairs
    are two independent draws of one segment, all segments equally likely.

    Telling segments apart finds the sources [hyvarinen2016tcl]: their log odds are linear in
    :math:`|z_i|` with weights :math:`-\sqrt2\,(1/\Lambda_{ti} - 1/\Lambda_{t'i})`. Linear methods
    find nothing, for the views are uncorrelated and only their loudness is not.

    >>> world = ModulatedSources()
    >>> bool(np.any(world.latent_cross_covariance))
    False
    """

    dimension: int = 3
    segments: int = 10
    mixing: Mixing = Perceptron()
    world_seed: int = 0

    def __post_init__(self) -> None:
        at_least("dimension", 1, self.dimension)
        at_least("segments", 2, self.segments)

    @cached_property
    def modulation(self) -> NDArray[np.float64]:
        r"""The deviations :math:`\Lambda`, ``(segments, dimension)``."""
        generator = np.random.default_rng(self.world_seed)
        return 1 - generator.random((self.segments, self.dimension))  # never zero

    @property
    def latent_covariance(self) -> NDArray[np.float64]:
        """Over all segments."""
        return np.diag(np.square(self.modulation).mean(0))

    @property
    def latent_cross_covariance(self) -> NDArray[np.float64]:
        """Zero: a segment says how loud its items are, not which sign they have."""
        return np.zeros((self.dimension, self.dimension))

    @property
    def loudness_cross_covariance(self) -> NDArray[np.float64]:
        r"""Of :math:`|z|` across the views: half the covariance of the deviations."""
        centred = self.modulation - self.modulation.mean(0)
        return centred.T @ centred / (2 * self.segments)

    @property
    def equivalence_class(self) -> Equivalence:
        """An order of the sources and a function of each."""
        return Equivalence.PERMUTATION_SCALE

    def log_odds(self, segment: int, reference: int) -> tuple[NDArray[np.float64], float]:
        r"""Weights of :math:`|z|` and intercept of the log odds of one segment to another."""
        here, there = self.modulation[segment], self.modulation[reference]
        return -np.sqrt(2) * (1 / here - 1 / there), float(np.log(there / here).sum())

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
        unit = generator.laplace(scale=1 / np.sqrt(2), size=(2, n, self.dimension))
        latents, partners = self.modulation[segment] * unit
        return Pairs(
            self.mixing(latents), self.mixing(partners), latents, partners, {"segment": segment}
        )

    def _log_likelihoods(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        # Up to the volume of the mixing, which all segments share.
        loudness = np.abs(self.mixing.inverse(x))
        return -np.sqrt(2) * loudness @ (1 / self.modulation).T - np.log(self.modulation).sum(1)
