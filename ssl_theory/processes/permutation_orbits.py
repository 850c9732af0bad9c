"""A vector, and the same vector after a random element of a group of permutations."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.pairs import Pairs, generator_of

__all__ = ["PermutationOrbits"]

TURNS_OF_SIX = tuple(tuple((i + s) % 6 for i in range(6)) for s in (0, 2, 4))


@dataclass(frozen=True)
class PermutationOrbits:
    r"""Views of one orbit.

    .. math::
        x \sim N(0, I), \qquad y_i = x_{h(i)}, \quad h \sim \mathrm{Unif}(H)

    ``group`` lists the elements of :math:`H` as tuples that say where each coordinate is taken
    from. The cross-covariance is the projector on the vectors that no element changes, of which
    there are as many dimensions as orbits of coordinates, which is the mean number of coordinates
    that an element leaves in place (Burnside). These dimensions are shared exactly; of the others
    only the orbit is known, and no linear map of it. [wang2021group]

    >>> PermutationOrbits.cyclic(12, order=4).invariants
    3
    """

    group: tuple[tuple[int, ...], ...] = TURNS_OF_SIX

    def __post_init__(self) -> None:
        elements = set(self.group)
        sizes = {len(element) for element in elements}
        if len(sizes) != 1 or any(sorted(e) != list(range(len(e))) for e in elements):
            raise ValueError(
                f"`group` must hold permutations of one size, got {self.group}. Write "
                "((0, 1), (1, 0)) for the swaps of two coordinates."
            )
        products = {tuple(a[i] for i in b) for a in elements for b in elements}
        if len(elements) != len(self.group) or products != elements:
            raise ValueError(
                "`group` must hold every product of its elements, each once, got "
                f"{len(self.group)} elements with {len(products)} products. Add those missing."
            )

    @classmethod
    def cyclic(cls, dimension: int, order: int) -> "PermutationOrbits":
        """The turns of a ring of coordinates by multiples of ``dimension / order``."""
        if order < 1 or dimension % order:
            raise ValueError(
                f"`order` must divide the dimension of {dimension}, got {order}: a part of a turn "
                "must be a whole number of coordinates."
            )
        step = dimension // order
        turns = (tuple((i + s * step) % dimension for i in range(dimension)) for s in range(order))
        return cls(tuple(turns))

    @property
    def equivalence_class(self) -> Equivalence:
        """What no element changes, up to a linear map of it."""
        return Equivalence.SUBSPACE

    @property
    def dimension(self) -> int:
        """Of the vectors."""
        return len(self.group[0])

    @property
    def invariants(self) -> int:
        """The dimension of what no element changes: the rank of the cross-covariance."""
        fixed = sum(i == place for element in self.group for i, place in enumerate(element))
        return fixed // len(self.group)

    @property
    def covariance(self) -> NDArray[np.float64]:
        """Within a view."""
        return np.eye(self.dimension)

    @property
    def cross_covariance(self) -> NDArray[np.float64]:
        """Across the views: the mean of the group, a projector."""
        # Each coordinate of y is every coordinate of its orbit equally often.
        return np.mean([np.eye(self.dimension)[:, list(e)] for e in self.group], axis=0)

    @property
    def canonical_autocorrelations(self) -> NDArray[np.float64]:
        """One for each invariant dimension, and zero for the others."""
        return np.repeat([1.0, 0.0], [self.invariants, self.dimension - self.invariants])

    @property
    def mutual_information(self) -> float:
        """Without end: the other view is one of finitely many vectors."""
        return np.inf

    @property
    def conditional_entropy(self) -> float:
        """Of which vector of the orbit the other view is, in nats."""
        return float(np.log(len(self.group)))

    @property
    def bayes_r2(self) -> float:
        """The share of a view's variance that the best prediction, the orbit mean, explains."""
        return self.invariants / self.dimension

    def draw(self, n: int, seed: int) -> Pairs:
        """``n`` independent pairs, with the number of the ``element`` of each."""
        rng = generator_of(n, seed)
        x = rng.standard_normal((n, self.dimension))
        element = rng.integers(len(self.group), size=n)
        y = np.take_along_axis(x, np.array(self.group)[element], axis=1)
        return Pairs(x, y, x, y, {"element": element})
