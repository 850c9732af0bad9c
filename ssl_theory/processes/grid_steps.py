"""Factors on grids, at least one of which takes a step."""

from dataclasses import dataclass
from functools import cached_property
from math import log, prod

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.mixings import Mixing, Perceptron
from ssl_theory.processes.pairs import Pairs, generator_of
from ssl_theory.processes.parameters import at_least, positive

__all__ = ["GridSteps"]


@dataclass(frozen=True)
class GridSteps:
    r"""Factors :math:`k_i` are uniform on ``sizes[i]`` grid points. Those that are ``frozen``, as
    names of shapes would be, stay; the others take steps :math:`p(k'_i\mid k_i) \propto
    e^{-\lambda|k'_i-k_i|/\log n_i}` inside of their grids, given that at least one of them moves.

    That condition is met by drawing from the conditional law, one factor after the other, and not
    by drawing until it holds. The latents are the factors on the unit interval, and ``x = g(z)``:
    discrete steps as sparse as those of [klindt2020slow].

    >>> moved = GridSteps().draw(100, seed=0).auxiliary["moved"]
    >>> bool(moved.any(axis=1).all()), bool(moved[:, 0].any())
    (True, False)
    """

    sizes: tuple[int, ...] = (3, 6, 8)
    frozen: tuple[int, ...] = (0,)
    rate: float = 1.0
    mixing: Mixing = Perceptron()

    def __post_init__(self) -> None:
        positive("rate", self.rate)
        at_least("sizes", 2, min(self.sizes, default=0))
        if not set(self.frozen) < set(range(len(self.sizes))):
            raise ValueError(
                f"`frozen` must name some of the factors 0 to {len(self.sizes) - 1} but not all, "
                f"got {self.frozen}: then nothing moves. Leave one free."
            )

    @cached_property
    def transitions(self) -> tuple[NDArray[np.float64], ...]:
        """Of each factor, from row to column, before the condition that one moves."""
        every = []
        for factor, size in enumerate(self.sizes):
            place = np.arange(size)
            steps = np.abs(place[:, None] - place)
            weights = np.exp(-self.rate * steps / log(size))
            matrix = weights / weights.sum(1, keepdims=True)
            every.append(np.eye(size) if factor in self.frozen else matrix)
        return tuple(every)

    @property
    def latent_covariance(self) -> NDArray[np.float64]:
        """Of uniform factors: :math:`(n+1)/12(n-1)` each."""
        sizes = np.array(self.sizes)
        return np.diag((sizes + 1) / (12 * (sizes - 1)))

    @property
    def latent_partner_covariance(self) -> NDArray[np.float64]:
        """After the step; the condition makes factors depend a little on one another."""
        _, mean, second = self._exact_moments
        return second - np.outer(mean.mean(0), mean.mean(0))

    @property
    def latent_cross_covariance(self) -> NDArray[np.float64]:
        """Across the step."""
        start, mean, _ = self._exact_moments
        return (start - start.mean(0)).T @ mean / len(start)

    @property
    def equivalence_class(self) -> Equivalence:
        """A grid may be read from either end, and factors have no order."""
        return Equivalence.PERMUTATION_SIGN

    def draw(self, n: int, seed: int) -> Pairs:
        """``n`` independent pairs; ``factors``, ``partner_factors`` and which of them ``moved``."""
        generator = generator_of(n, seed)
        factors = generator.integers(self.sizes, size=(n, len(self.sizes)))
        stays = self._stays(factors)
        partners = np.empty_like(factors)
        moved = np.zeros(n, dtype=bool)
        for factor, matrix in enumerate(self.transitions):
            # What is left for this factor and those after it, if none before it has moved.
            stays_after = stays[:, factor + 1 :].prod(1)
            rows = matrix[factors[:, factor]]
            here = np.arange(self.sizes[factor]) == factors[:, factor, None]
            rows = np.where(here & ~moved[:, None], rows * (1 - stays_after)[:, None], rows)
            bounds = np.cumsum(rows, axis=1)
            chosen = generator.random(n) * bounds[:, -1]
            partners[:, factor] = np.sum(chosen[:, None] >= bounds, axis=1)
            moved |= partners[:, factor] != factors[:, factor]
        scale = np.array(self.sizes) - 1
        latents, after = factors / scale, partners / scale
        return Pairs(
            self.mixing(latents),
            self.mixing(after),
            latents,
            after,
            {"factors": factors, "partner_factors": partners, "moved": factors != partners},
        )

    def _stays(self, factors: NDArray[np.int_]) -> NDArray[np.float64]:
        """How likely each factor is to stay where it is."""
        return np.stack([np.diag(m)[factors[:, i]] for i, m in enumerate(self.transitions)], axis=1)

    @cached_property
    def _exact_moments(
        self,
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Every start, the mean after it, and the second moment after all of them."""
        every = np.indices(self.sizes).reshape(len(self.sizes), prod(self.sizes)).T
        scale = np.array(self.sizes) - 1
        start = every / scale
        grids = [np.arange(size) / (size - 1) for size in self.sizes]
        steps = [m[every[:, i]] for i, m in enumerate(self.transitions)]
        free = np.stack([p @ grid for p, grid in zip(steps, grids, strict=True)], axis=1)
        square = np.stack([p @ grid**2 for p, grid in zip(steps, grids, strict=True)], axis=1)
        stay = self._stays(every).prod(1)[:, None]
        mean = (free - stay * start) / (1 - stay)
        products = free[:, :, None] * free[:, None] - stay[..., None] * (
            start[:, :, None] * start[:, None]
        )
        each = np.arange(len(self.sizes))
        products[:, each, each] = square - stay * start**2
        return start, mean, (products / (1 - stay[..., None])).mean(0)
