"""What is counted and summed of one view as it passes, in bounded memory."""

from functools import reduce
from operator import add

import numpy as np
from numpy.typing import NDArray

from ssl_theory.arrays import NonFinite, largest_sizes
from ssl_theory.diagnostics.fourth_moments import FourthAccumulator, FourthMoments
from ssl_theory.embeddings import Distinct, Written

__all__ = ["Tally"]

PIECE = 2**19  # numbers that are turned to float64 at a time, more or less


class Tally:
    """Counts, moments by blocks, and how finely the numbers are written."""

    def __init__(
        self, name: str, dtype: str, dimension: int, blocks: int, *, single: bool = False
    ) -> None:
        self.name, self.dtype, self.dimension = name, dtype, dimension
        self.items = 0
        self.directionless = 0  # rows of zeros, which have no place on the sphere
        self.largest = 0.0
        self.distinct, self.non_finite, self.written = Distinct(), NonFinite(name), Written(dtype)
        self._few: list[tuple[NDArray, NDArray]] | None = []  # rows, until they outnumber the axes
        self._many: list[FourthAccumulator] = []
        self._blocks, self._single = blocks, single

    def add(self, rows: NDArray[np.floating], dealt: NDArray[np.intp]) -> NDArray[np.floating]:
        """Take in some rows, and return the largest entry of each."""
        largest = largest_sizes(rows)
        self.non_finite.add(self.items, largest)
        self.items += len(rows)
        if self.non_finite.count:  # all that remains to be done is to count them
            return largest
        self.directionless += int(np.sum(largest == 0))
        self.largest = max(self.largest, float(largest.max()))
        self.distinct.add(rows)
        self.written.add(rows)
        if self._few is None:
            self._sum(rows, dealt)
        elif self.items <= self.dimension:
            self._few.append((rows.copy(), dealt))
        else:
            kept, self._few = [*self._few, (rows, dealt)], None
            shift = kept[0][0].mean(0, dtype=np.float64)
            self._many = [
                FourthAccumulator(shift, single=self._single) for _ in range(self._blocks)
            ]
            for some, places in kept:
                self._sum(some, places)
        return largest

    def total(self) -> FourthMoments:
        """The moments of all items."""
        if self._few is not None:
            return reduce(add, self.parts())
        with np.errstate(over="ignore", invalid="ignore"):  # of fourth powers, if of anything
            first, *others = (part for part in self._many if part.count)
            return first.merged(others).fourth_moments()

    def parts(self) -> list[FourthMoments]:
        """The moments of every block that is not empty."""
        if self._few is None:
            with np.errstate(over="ignore", invalid="ignore"):
                return [part.fourth_moments() for part in self._many if part.count]
        rows, dealt = (np.concatenate(kept) for kept in zip(*self._few, strict=True))
        blocks = (rows[dealt == block] for block in range(self._blocks))
        return [FourthMoments.of(block) for block in blocks if len(block)]

    def _sum(self, rows: NDArray[np.floating], dealt: NDArray[np.intp]) -> None:
        step = max(PIECE * len(self._many) // self.dimension, 1)
        for start in range(0, len(rows), step):
            piece, places = rows[start : start + step], dealt[start : start + step]
            counts = np.bincount(places, minlength=len(self._many))
            scratch = np.empty((counts.max() + 1, self.dimension))
            for block in np.flatnonzero(counts):
                chosen = piece[places == block] if len(self._many) > 1 else piece
                self._many[block].add(chosen, scratch)
