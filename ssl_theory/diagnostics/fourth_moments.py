"""The mean fourth power of lengths beside the covariance, mergeable like it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from ssl_theory.accumulator import BLOCK, Accumulator
from ssl_theory.arrays import check_embeddings
from ssl_theory.moments import Moments

__all__ = ["FourthAccumulator", "FourthMoments"]


@dataclass(frozen=True, eq=False)
class FourthMoments:
    r"""Moments, and the sums of :math:`|y|^2 y` and :math:`|y|^4` over deviations :math:`y`.

    The fourth powers say how much heavier the tails of the lengths are than a Gaussian's, which
    is what an unbiased square of a covariance needs to know. The third ones are there only so
    that ``a + b`` are those of both.

    >>> z = np.array([[0.0, 3.0], [2.0, 1.0], [1.0, -4.0], [5.0, 0.0]])
    >>> parts = FourthMoments.of(z[:1]) + FourthMoments.of(z[1:])
    >>> parts.fourth == np.sum(np.square(z - z.mean(0)).sum(1) ** 2)
    np.True_
    """

    moments: Moments
    third: NDArray[np.float64]  # (d,)
    fourth: float

    @classmethod
    def of(cls, z: Any, *, block: int = BLOCK) -> "FourthMoments":
        """Those of the rows of one array, read twice, ``block`` rows at a time."""
        moments = Moments.of(z, block=block)
        z = check_embeddings(z, minimum=1)
        third, fourth = np.zeros(z.shape[1]), 0.0
        for start in range(0, len(z), block):
            rows = z[start : start + block] - moments.mean
            squares = np.einsum("ij,ij->i", rows, rows)
            third += squares @ rows
            fourth += float(squares @ squares)
        return cls(moments, third, fourth)

    def __add__(self, other: "FourthMoments") -> "FourthMoments":
        moments = self.moments + other.moments
        one, two = self._about(moments.mean), other._about(moments.mean)
        return FourthMoments(moments, one[0] + two[0], one[1] + two[1])

    def __sub__(self, part: "FourthMoments") -> "FourthMoments":
        """Those of the items that are not in ``part``."""
        moments = self.moments - part.moments
        one, two = self._about(moments.mean), part._about(moments.mean)
        return FourthMoments(moments, one[0] - two[0], one[1] - two[1])

    @property
    def count(self) -> int:
        """Items seen."""
        return self.moments.count

    @property
    def dimension(self) -> int:
        """Coordinates of an item."""
        return self.moments.dimension

    def traces(self) -> tuple[float, float]:
        """Of the covariance and of its square, without its eigenvalues."""
        if self.moments.items is not None:
            rows = self.moments.items - self.moments.mean
            matrix = rows @ rows.T / (self.count - 1)
        else:
            matrix = self.moments.covariance()
        return float(np.trace(matrix)), float(np.square(matrix).sum())

    def _about(self, centre: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
        """Both sums, of deviations from ``centre`` instead."""
        apart, n = self.moments.mean - centre, self.count
        if self.moments.items is not None:
            rows = self.moments.items - self.moments.mean
            along, total = rows.T @ (rows @ apart), float(np.square(rows).sum())
        else:
            scatter = self.moments.covariance(ddof=0) * n
            along, total = scatter @ apart, float(np.trace(scatter))
        square = float(apart @ apart)
        third = self.third + 2 * along + (total + n * square) * apart
        inside = 4 * float(apart @ (self.third + along)) + 2 * square * total
        return third, self.fourth + inside + n * square * square


class FourthAccumulator(Accumulator):
    """The same of more and more items, of which nothing is kept, read once."""

    def __init__(self, shift: NDArray[np.float64], *, single: bool = False) -> None:
        super().__init__(len(shift), shift, single=single)
        self._third, self._fourth = np.zeros(len(shift)), 0.0  # of deviations from the shift

    def merged(self, others: Sequence[Self]) -> Self:
        """Of these items and those of others of the same shift."""
        total = super().merged(others)
        total._third = np.sum([part._third for part in (self, *others)], 0)
        total._fourth = sum(part._fourth for part in (self, *others))
        return total

    def fourth_moments(self) -> FourthMoments:
        """Of all items so far, about their mean."""
        found = Moments.summed(self)
        apart, n = self._mean, found.count
        scatter = found.covariance(ddof=0) * n
        along, total, square = scatter @ apart, float(np.trace(scatter)), float(apart @ apart)
        third = self._third - 2 * along - (total + n * square) * apart
        inside = 4 * float(apart @ (third + along)) + 2 * square * total
        return FourthMoments(found, third, self._fourth - inside - n * square * square)

    def _look(self, items: NDArray[np.float64], centre: NDArray[np.float64]) -> None:
        squares = np.einsum("ij,ij->i", items, items) + 2 * (items @ centre) + centre @ centre
        self._third += squares @ items + squares.sum() * centre
        self._fourth += float(squares @ squares)
