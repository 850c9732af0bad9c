"""A walker on a cycle, a torus or a grid."""

from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.pairs import Pairs, generator_of

__all__ = ["LatticeWalk"]


@dataclass(frozen=True)
class LatticeWalk:
    r"""Where a walker is, and where it is a step later; both uniform over the sites.

    With probability ``laziness`` it stays. Else it picks an axis and a direction, all equally
    likely; where ``wraps``, the ends of an axis are neighbours (a cycle, a torus), else a step
    over the end stays (a path, a grid). Sites are seen one-hot, the last axis fastest. The step is
    symmetric with the eigenvalues, one for each tuple of :math:`k_a < n_a`,

    .. math::
        \lambda_k = \ell + (1 - \ell)\,\mathrm{mean}_a \cos(2 \pi k_a / n_a)
        \quad (\cos(\pi k_a / n_a) \text{ without wraps}).

    >>> LatticeWalk((6,)).eigenvalues.round(6).tolist()
    [1.0, 0.5, 0.5, -0.5, -0.5, -1.0]
    >>> LatticeWalk((4,), laziness=0.5).eigenvalues.round(12).tolist()
    [1.0, 0.5, 0.5, 0.0]
    """

    lengths: tuple[int, ...] = (8,)
    wraps: bool = True
    laziness: float = 0.0

    def __post_init__(self) -> None:
        if not self.lengths or min(self.lengths) < 2:
            raise ValueError(
                f"`lengths` must hold at least 2 sites for each axis, got {self.lengths}. "
                "Use (8,) for a cycle of eight."
            )
        if not 0 <= self.laziness < 1:
            raise ValueError(
                f"`laziness` must be a probability below 1, got {self.laziness}: a walker that "
                "always stays tells of no neighbours."
            )

    @property
    def equivalence_class(self) -> Equivalence:
        """The leading eigenfunctions place sites on circles, up to a turn."""
        return Equivalence.ORTHOGONAL

    @property
    def sites(self) -> int:
        """How many there are."""
        return int(np.prod(self.lengths))

    @property
    def transition(self) -> NDArray[np.float64]:
        """The probability of each next site (columns) from each site (rows)."""
        walk = np.zeros((self.sites, self.sites))
        for axis in range(len(self.lengths)):
            parts = [self._along(n) if a == axis else np.eye(n) for a, n in enumerate(self.lengths)]
            walk += reduce(_product, parts) / len(self.lengths)
        return self.laziness * np.eye(self.sites) + (1 - self.laziness) * walk

    @property
    def eigenvalues(self) -> NDArray[np.float64]:
        """Of the transition, largest first; the first belongs to the constant."""
        turn = 2 * np.pi if self.wraps else np.pi
        axes = [np.cos(turn * np.arange(n) / n) for n in self.lengths]
        mean = np.sum(np.meshgrid(*axes), axis=0) / len(axes)
        return np.sort((self.laziness + (1 - self.laziness) * mean).ravel())[::-1]

    @property
    def canonical_autocorrelations(self) -> NDArray[np.float64]:
        """Of functions of the site that are not constant, largest first."""
        return self.eigenvalues[1:]

    @property
    def entropy(self) -> float:
        """Of the site, in nats."""
        return float(np.log(self.sites))

    @property
    def mutual_information(self) -> float:
        """What a site says about the next, in nats."""
        steps = self.transition
        surprise = np.log(np.where(steps > 0, steps, 1))
        return self.entropy + float((steps * surprise).sum() / self.sites)

    def density_ratio(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        """``log p(x, y) / p(x) p(y)``, row by row: ``-inf`` where no step leads."""
        with np.errstate(divide="ignore"):
            return np.log(self.sites * self.transition[x.argmax(1), y.argmax(1)])

    def draw(self, n: int, seed: int) -> Pairs:
        """``n`` independent steps; the latents are the coordinates of the sites."""
        rng = generator_of(n, seed)
        lengths = np.array(self.lengths)
        here = rng.integers(lengths, size=(n, len(lengths)))
        there = here.copy()
        axis = rng.integers(len(lengths), size=n)
        moves = np.where(rng.random(n) < 0.5, 1, -1) * (rng.random(n) >= self.laziness)
        there[np.arange(n), axis] += moves
        there = there % lengths if self.wraps else there.clip(0, lengths - 1)
        x, y = (np.eye(self.sites)[np.ravel_multi_index(c.T, self.lengths)] for c in (here, there))
        return Pairs(x, y, here.astype(np.float64), there.astype(np.float64))

    def _along(self, n: int) -> NDArray[np.float64]:
        """One step along an axis of ``n`` sites."""
        if self.wraps:
            return (np.roll(np.eye(n), 1, axis=1) + np.roll(np.eye(n), -1, axis=1)) / 2
        step = (np.eye(n, k=1) + np.eye(n, k=-1)) / 2
        step[0, 0] = step[-1, -1] = 1 / 2
        return step


def _product(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.kron(a, b), np.float64)
