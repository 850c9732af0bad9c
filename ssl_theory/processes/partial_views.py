"""Several views of one item, each of some of its latents."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.mixings import Mixing, Perceptron
from ssl_theory.processes.pairs import Pairs, generator_of
from ssl_theory.processes.parameters import at_least
from ssl_theory.processes.random_covariance import random_correlations

__all__ = ["PartialViews"]


@dataclass(frozen=True)
class PartialViews:
    r""":math:`z \sim N(0, \Sigma)` with unit variances, and views :math:`x_k = g_k(z_{S_k})`, each
    of the latents in its own subset through its own mixing.

    Whichever views are aligned, what they can agree on is the block of latents that all of them
    see [yao2023multiview]. ``draw`` gives the first two views as a pair; :meth:`views` gives all,
    each of the same latents.

    >>> PartialViews().content(0, 1), PartialViews().content(0, 1, 2, 3)
    ((0, 1, 2, 4), (0, 1))
    """

    subsets: tuple[tuple[int, ...], ...] = (
        (0, 1, 2, 3, 4),
        (0, 1, 2, 4, 5),
        (0, 1, 2, 3, 5),
        (0, 1, 3, 4, 5),
    )
    correlated: bool = True
    mixings: tuple[Mixing, ...] = (
        Perceptron(seed=0),
        Perceptron(seed=1),
        Perceptron(seed=2),
        Perceptron(seed=3),
    )
    world_seed: int = 0

    def __post_init__(self) -> None:
        at_least("subsets", 2, len(self.subsets))
        if len(self.mixings) != len(self.subsets):
            raise ValueError(
                f"`mixings` must hold one for each of {len(self.subsets)} views, got "
                f"{len(self.mixings)}. Give each view its own."
            )
        for subset in self.subsets:
            if not subset or sorted(set(subset)) != list(subset) or subset[0] < 0:
                raise ValueError(
                    f"`subsets` must hold rising numbers of latents from 0, got {subset}. "
                    "Sort them."
                )

    @property
    def dimension(self) -> int:
        """How many latents there are."""
        return 1 + max(max(subset) for subset in self.subsets)

    @property
    def latent_covariance(self) -> NDArray[np.float64]:
        """Of all latents."""
        if not self.correlated:
            return np.eye(self.dimension)
        return random_correlations(self.dimension, np.random.default_rng(self.world_seed))

    @property
    def latent_cross_covariance(self) -> NDArray[np.float64]:
        """The views have the same latents, of which each sees some."""
        return self.latent_covariance

    @property
    def equivalence_class(self) -> Equivalence:
        """The block that all aligned views see."""
        return Equivalence.BLOCK

    def content(self, *views: int) -> tuple[int, ...]:
        """The latents that all of these views see."""
        return tuple(sorted(set.intersection(*(set(self.subsets[view]) for view in views))))

    def bayes_r2(self, seen: tuple[int, ...]) -> NDArray[np.float64]:
        """How much of each latent these ones tell; one for themselves."""
        covariance = self.latent_covariance
        across = covariance[:, seen]
        explained = across @ np.linalg.solve(covariance[np.ix_(seen, seen)], across.T)
        return np.diag(explained)

    def views(self, n: int, seed: int) -> tuple[NDArray[np.float64], ...]:
        """Every view of the ``n`` items that ``draw`` pairs the first two views of."""
        latents = self._latents(n, seed)
        return tuple(
            mixing(latents[:, subset])
            for mixing, subset in zip(self.mixings, self.subsets, strict=True)
        )

    def draw(self, n: int, seed: int) -> Pairs:
        """``n`` independent pairs, the same for the same seed."""
        latents = self._latents(n, seed)
        x, y, *_ = self.views(n, seed)
        return Pairs(x, y, latents, latents)

    def _latents(self, n: int, seed: int) -> NDArray[np.float64]:
        normal = generator_of(n, seed).standard_normal((n, self.dimension))
        return normal @ np.linalg.cholesky(self.latent_covariance).T
