"""A graph of items in which those of one block are more likely partners."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import xlogy

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.pairs import Pairs, generator_of
from ssl_theory.processes.parameters import at_least

__all__ = ["BlockGraph"]


@dataclass(frozen=True)
class BlockGraph:
    r"""The two ends of a random edge of an augmentation graph.

    .. math::
        p(i, j) \propto w_{ij} = p \text{ within a block, } q \text{ across}

    There are ``blocks`` of ``size`` items, and an item may be its own partner; ``within`` is
    :math:`p` and ``across`` :math:`q`. Items are seen one-hot. The normalised adjacency has the
    eigenvalues 1, then :math:`\lambda = (p - q) / (p + (K - 1) q)` as often as there are further
    blocks, then 0; an optimal embedding of the spectral contrastive loss has the products
    :math:`1 + (K - 1) \lambda` within blocks and :math:`1 - \lambda` across, and the loss
    :math:`-1 - (K - 1) \lambda^2`. [haochen2021spectral, holland1983blockmodels]

    >>> graph = BlockGraph(blocks=3, size=2, within=0.8, across=0.1)
    >>> graph.eigenvalues.round(12).tolist()
    [1.0, 0.7, 0.7, 0.0, 0.0, 0.0]
    """

    blocks: int = 3
    size: int = 5
    within: float = 0.9
    across: float = 0.1

    def __post_init__(self) -> None:
        at_least("blocks", 2, self.blocks)
        at_least("size", 1, self.size)
        if not 0 <= self.across < self.within:
            raise ValueError(
                f"`across` must be at least 0 and below `within`, got {self.across} and "
                f"{self.within}: otherwise blocks are not what attracts."
            )

    @property
    def equivalence_class(self) -> Equivalence:
        """Blocks have no names, and items of a block are alike."""
        return Equivalence.PARTITION

    @property
    def gap(self) -> float:
        """The eigenvalue of the blocks, ``(p - q) / (p + (K - 1) q)``."""
        return (self.within - self.across) / (self.within + (self.blocks - 1) * self.across)

    @property
    def stay(self) -> float:
        """How often partners are of one block."""
        return self.within / (self.within + (self.blocks - 1) * self.across)

    @property
    def adjacency(self) -> NDArray[np.float64]:
        """Normalised: the probability of each partner (columns) of each item (rows)."""
        weights = np.full((self.blocks, self.blocks), self.across)
        np.fill_diagonal(weights, self.within)
        weights = np.repeat(np.repeat(weights, self.size, axis=0), self.size, axis=1)
        return weights / weights.sum(1, keepdims=True)

    @property
    def eigenvalues(self) -> NDArray[np.float64]:
        """Of the normalised adjacency, largest first."""
        rest = self.blocks * (self.size - 1)
        return np.repeat([1.0, self.gap, 0.0], [1, self.blocks - 1, rest])

    @property
    def canonical_autocorrelations(self) -> NDArray[np.float64]:
        """Of functions of the item that are not constant, largest first."""
        return self.eigenvalues[1:]

    @property
    def block_products(self) -> NDArray[np.float64]:
        """``p(x, y) / p(x) p(y)`` by the blocks of both: the products of optimal embeddings."""
        return 1 - self.gap + self.blocks * self.gap * np.eye(self.blocks)

    @property
    def least_spectral_loss(self) -> float:
        """Of ``-2 E f(x) f(y) + E (f(x) f(y'))^2`` over all embeddings of enough dimensions."""
        return -float(np.square(self.eigenvalues).sum())

    @property
    def entropy(self) -> float:
        """Of the item, in nats."""
        return float(np.log(self.blocks * self.size))

    @property
    def mutual_information(self) -> float:
        """What an item says about its partner, in nats: all of it about the block."""
        return float(xlogy(self.block_products, self.block_products).mean())

    def density_ratio(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        """``log p(x, y) / p(x) p(y)``, row by row."""
        with np.errstate(divide="ignore"):
            ratios = np.log(self.block_products)
        return ratios[x.argmax(1) // self.size, y.argmax(1) // self.size]

    def draw(self, n: int, seed: int) -> Pairs:
        """``n`` independent edges; the latents are the blocks, one-hot."""
        rng = generator_of(n, seed)
        block = rng.integers(self.blocks, size=n)
        other = (block + rng.integers(1, self.blocks, size=n)) % self.blocks
        partner = np.where(rng.random(n) < self.stay, block, other)
        within = rng.integers(self.size, size=(2, n))
        items, names = np.eye(self.blocks * self.size), np.eye(self.blocks)
        return Pairs(
            items[block * self.size + within[0]],
            items[partner * self.size + within[1]],
            names[block],
            names[partner],
            {"class": block, "partner_class": partner},
        )
