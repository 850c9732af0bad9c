"""A random graph with blocks and noisy features, seen twice with parts of it missing."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.pairs import Pairs, generator_of
from ssl_theory.processes.parameters import at_least, between

__all__ = ["GraphViews"]


@dataclass(frozen=True)
class GraphViews:
    r"""Nodes of a stochastic block model, of which each view loses some edges and features.

    .. math::
        A_{ij} \sim \mathrm{Bern}(p \text{ within a block, } q \text{ across}), \qquad
        f_i = s\,e_{c_i} + \varepsilon_i, \quad \varepsilon_i \sim N(0, I)

    Nodes take the ``blocks`` in turn; ``within`` is :math:`p`, ``across`` :math:`q` and
    ``separation`` :math:`s`. A view keeps every edge with probability ``1 - edge_drop`` and every
    feature of every node with probability ``1 - feature_drop``, what is lost is zero. With ``m``
    nodes to a block, the normalised mean adjacency has the eigenvalues :math:`(m (p + (K - 1) q) -
    p, m (p - q) - p, -p) / (m (p + (K - 1) q) - p)`, with the multiplicities :math:`1, K - 1, K
    (m - 1)`: lost edges do not change them. [you2020graphcl, holland1983blockmodels]

    >>> GraphViews(blocks=2, within=1.0, across=0.0).mean_spectrum(4).round(12).tolist()
    [1.0, 1.0, -1.0, -1.0]
    """

    blocks: int = 3
    features: int = 4
    separation: float = 2.0
    within: float = 0.5
    across: float = 0.05
    edge_drop: float = 0.2
    feature_drop: float = 0.2

    def __post_init__(self) -> None:
        at_least("blocks", 2, self.blocks)
        at_least("features", self.blocks, self.features)
        between("edge_drop", 0, 1, self.edge_drop)
        between("feature_drop", 0, 1, self.feature_drop)
        if not 0 <= self.across < self.within <= 1:
            raise ValueError(
                "`across` and `within` must be probabilities, the first below the second, got "
                f"{self.across} and {self.within}: otherwise blocks are not what attracts."
            )

    @property
    def equivalence_class(self) -> Equivalence:
        """Blocks have no names."""
        return Equivalence.PARTITION

    @property
    def between_blocks(self) -> NDArray[np.float64]:
        """The covariance of the mean features of the blocks."""
        inside = np.arange(self.features) < self.blocks
        centred = np.diag(inside / self.blocks) - np.outer(inside, inside) / self.blocks**2
        return np.asarray(self.separation**2 * centred, np.float64)

    def degree(self, nodes: int) -> float:
        """The mean number of neighbours before edges are lost."""
        size = self._size(nodes)
        return size * (self.within + (self.blocks - 1) * self.across) - self.within

    def mean_spectrum(self, nodes: int) -> NDArray[np.float64]:
        """Of the mean adjacency of a graph over its mean degree, largest first.

        Less each of these from 1 gives the normalised Laplacian.
        """
        size, degree = self._size(nodes), self.degree(nodes)
        gap = (size * (self.within - self.across) - self.within) / degree
        values = [1.0, gap, -self.within / degree]
        spectrum = np.repeat(values, [1, self.blocks - 1, nodes - self.blocks])
        return np.sort(spectrum)[::-1]

    def neighbour_autocorrelation(self, nodes: int) -> float:
        """Of what depends on the block alone, from a node to a neighbour: the eigenvalue again."""
        size = self._size(nodes)
        same = (size - 1) * self.within / self.degree(nodes)
        return same - (1 - same) / (self.blocks - 1)

    def neighbour_cross_covariance(self, nodes: int) -> NDArray[np.float64]:
        """Of the whole features of a node and of its neighbour, over graphs of this size."""
        return self.neighbour_autocorrelation(nodes) * self.between_blocks

    @property
    def feature_covariance(self) -> NDArray[np.float64]:
        """Of a view's features, over nodes, where blocks are equally large."""
        kept = 1 - self.feature_drop
        mean = kept * self.separation / self.blocks * (np.arange(self.features) < self.blocks)
        whole = self.between_blocks + np.outer(mean, mean) / kept**2 + np.eye(self.features)
        masked = kept**2 * whole + kept * (1 - kept) * np.diag(np.diag(whole))
        return np.asarray(masked - np.outer(mean, mean), np.float64)

    @property
    def feature_cross_covariance(self) -> NDArray[np.float64]:
        """Of the features of a node in both views: each is lost on its own."""
        return (1 - self.feature_drop) ** 2 * (self.between_blocks + np.eye(self.features))

    def draw(self, n: int, seed: int) -> Pairs:
        """One graph of ``n`` nodes, seen twice.

        ``adjacency``, ``view_adjacency`` and ``partner_adjacency`` hold a row for each node; the
        latents are the blocks, one-hot.
        """
        rng = generator_of(n, seed)
        label = np.arange(n) % self.blocks
        chance = np.where(label[:, None] == label, self.within, self.across)
        whole = _both_ways(rng.random((n, n)) < chance)
        views = [whole & _both_ways(rng.random((n, n)) >= self.edge_drop) for _ in range(2)]
        names = np.eye(self.blocks)[label]
        features = rng.standard_normal((n, self.features))
        features[:, : self.blocks] += self.separation * names
        x, y = features * (rng.random((2, n, self.features)) >= self.feature_drop)
        named = {
            "class": label,
            "features": features,
            "adjacency": whole,
            "view_adjacency": views[0],
            "partner_adjacency": views[1],
        }
        return Pairs(x, y, names, names, named)

    def _size(self, nodes: int) -> int:
        if nodes < 2 * self.blocks or nodes % self.blocks:
            raise ValueError(
                f"`nodes` must be a multiple of {self.blocks} blocks and at least "
                f"{2 * self.blocks}, got {nodes}: then every block is of one size."
            )
        return nodes // self.blocks


def _both_ways(drawn: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The undirected graph of the entries above the diagonal."""
    above = np.triu(drawn, 1)
    return above | above.T
