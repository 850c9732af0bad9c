"""Leaves of a tree along whose branches a sign is handed down and sometimes turned."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import entr

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.pairs import Pairs, generator_of
from ssl_theory.processes.parameters import at_least

__all__ = ["BinaryTree"]


@dataclass(frozen=True)
class BinaryTree:
    r"""Two sets of leaves whose ancestors are the same from some height on.

    The root is :math:`\pm 1`, fairly; each of two children has the sign of its parent but with
    probability ``flip``, :math:`\varepsilon`; leaves at ``depth`` :math:`D` are seen. Views share
    all nodes of height ``shared`` or more and are drawn apart below. Leaves with their last common
    ancestor at height :math:`m` have the covariance :math:`r_m = (1 - 2\varepsilon)^{2m}` within a
    view, :math:`r_{\max(m, s)}` across. The contrasts between the two halves of every subtree of
    height :math:`h` are eigenvectors, :math:`2^{D - h}` of them with the eigenvalue

    .. math::
        \lambda_h = 1 + \sum_{m < h} 2^{m - 1} r_m - 2^{h - 1} r_h,

    so what divides much varies much: coarse distinctions are learnt first. [saxe2019semantic]

    >>> tree = BinaryTree(depth=2, flip=0.25, shared=0)
    >>> tree.level_eigenvalues.round(6).tolist()
    [1.375, 1.125, 0.75]
    """

    depth: int = 3
    flip: float = 0.1
    shared: int = 1

    def __post_init__(self) -> None:
        at_least("depth", 1, self.depth)
        if not 0 < self.flip < 0.5:
            raise ValueError(
                f"`flip` must lie strictly between 0 and 0.5, got {self.flip}: at 0 all leaves "
                "are one, at 0.5 they are strangers."
            )
        if not 0 <= self.shared <= self.depth:
            raise ValueError(
                f"`shared` must be a height between 0 and the depth of {self.depth}, got "
                f"{self.shared}. Use 0 for equal views."
            )

    @property
    def equivalence_class(self) -> Equivalence:
        """The subtrees, without their names and signs."""
        return Equivalence.PARTITION

    @property
    def multiplicities(self) -> NDArray[np.int64]:
        """Of the level eigenvalues: the mean of all leaves, then contrasts, coarse to fine."""
        return np.array([1, *(2**k for k in range(self.depth))])

    @property
    def level_eigenvalues(self) -> NDArray[np.float64]:
        """Of the covariance, one a level and largest first."""
        return self._spectrum(self._correlations)

    @property
    def level_cross_eigenvalues(self) -> NDArray[np.float64]:
        """Of the cross-covariance, on the same eigenvectors."""
        return self._spectrum(
            self._correlations[np.maximum(np.arange(self.depth + 1), self.shared)]
        )

    @property
    def eigenvalues(self) -> NDArray[np.float64]:
        """Of the covariance, largest first."""
        return np.repeat(self.level_eigenvalues, self.multiplicities)

    @property
    def canonical_autocorrelations(self) -> NDArray[np.float64]:
        """Largest first: contrasts below the shared height have none."""
        levels = self.level_cross_eigenvalues / self.level_eigenvalues
        return np.sort(np.repeat(levels, self.multiplicities))[::-1]

    @property
    def covariance(self) -> NDArray[np.float64]:
        """Between leaves of a view."""
        return self._correlations[self._heights]

    @property
    def cross_covariance(self) -> NDArray[np.float64]:
        """Between leaves of two views."""
        return self._correlations[np.maximum(self._heights, self.shared)]

    @property
    def tree_entropy(self) -> float:
        """Of all nodes of one view together, in nats."""
        branches = 2 ** (self.depth + 1) - 2
        return float(np.log(2) + branches * (entr(self.flip) + entr(1 - self.flip)))

    def draw(self, n: int, seed: int) -> Pairs:
        """``n`` independent trees; the latents are the nodes at the shared height."""
        rng = generator_of(n, seed)
        nodes = np.where(rng.random((n, 1)) < 0.5, 1.0, -1.0)
        for _ in range(self.depth - self.shared):
            nodes = self._children(nodes, rng)
        x = y = nodes
        for _ in range(self.shared):
            x, y = self._children(x, rng), self._children(y, rng)
        return Pairs(x, y, nodes, nodes)

    def _children(
        self, nodes: NDArray[np.float64], rng: np.random.Generator
    ) -> NDArray[np.float64]:
        turned = rng.random((len(nodes), 2 * nodes.shape[1])) < self.flip
        return np.asarray(np.repeat(nodes, 2, axis=1) * np.where(turned, -1, 1), np.float64)

    @property
    def _correlations(self) -> NDArray[np.float64]:
        heights = np.arange(self.depth + 1, dtype=np.float64)
        return np.asarray((1 - 2 * self.flip) ** (2 * heights), np.float64)

    @property
    def _heights(self) -> NDArray[np.int64]:
        """Of the last common ancestor of each two leaves: how many bits of their numbers differ
        from the first that does.
        """
        leaves = np.arange(2**self.depth)
        differing = leaves[:, None] ^ leaves
        return np.sum(differing[..., None] >> np.arange(self.depth) > 0, axis=-1)

    def _spectrum(self, by_height: NDArray[np.float64]) -> NDArray[np.float64]:
        """Of the matrix whose entries depend on the height of the last common ancestor alone."""
        counted = by_height[1:] * 2.0 ** np.arange(self.depth)
        below = by_height[0] + np.concatenate([[0], counted.cumsum()])
        levels = np.concatenate([below[-1:], (below[:-1] - counted)[::-1]])
        return np.asarray(levels, np.float64)
