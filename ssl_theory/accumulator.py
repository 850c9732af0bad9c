"""Sums of squares that grow in place, block by block."""

import copy
from collections.abc import Sequence
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.blas import dsyrk, ssyrk

__all__ = ["BLOCK", "Accumulator"]

BLOCK = 4096  # rows in float64 at a time

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]


class Accumulator:
    """Mean and scatter of more and more items, of which nothing is kept.

    The scatter is summed in place, in its lower half only: BLAS adds a product of a matrix with
    itself to one that is there, which saves a third of the time for blocks of few rows.

    Parameters
    ----------
    dimension
        Of the items.
    shift
        A place near their mean, from which the mean is counted; by default that of the first rows.
    single
        Square in float32, some thousand rows at a time, and add those sums up in float64: faster
        by about a third, and blind to variances below some ``1e-7`` of the largest.
    """

    def __init__(
        self, dimension: int, shift: Vector | None = None, *, single: bool = False
    ) -> None:
        self.count = 0
        self.shift = shift
        self._mean = np.zeros(dimension)  # less the shift
        self._lower = np.zeros((dimension, dimension), order="F")
        self._short = np.zeros_like(self._lower, np.float32) if single else None
        self.single = single
        self._waiting = 0  # rows whose squares are in float32 only

    def add(self, rows: NDArray, scratch: Matrix | None = None) -> None:
        """Take in the rows of one block; ``scratch`` is memory for one row more in float64."""
        n, total = len(rows), self.count + len(rows)
        if scratch is None:
            scratch = np.empty((n + 1, len(self._mean)))
        if self.shift is None:
            self.shift = rows.mean(0, dtype=np.float64)
        items = scratch[:n]
        np.subtract(rows, self.shift, out=items)
        centre = items.mean(0)
        items -= centre
        apart = centre - self._mean
        # As if the distance of the means were one more item.
        scratch[n] = np.sqrt(self.count * n / total) * apart
        self._square(scratch[: n + 1])
        self._mean += apart * (n / total)
        self.count = total
        self._look(items, centre)

    def merged(self, others: Sequence[Self]) -> Self:
        """Of these items and those of others of the same shift."""
        total = copy.copy(self)
        parts = [self, *others]
        for part in parts:
            part._settle()
        total._short = None
        total.count = sum(part.count for part in parts)
        total._mean = np.sum([part.count * part._mean for part in parts], 0) / total.count
        total._lower = self._lower.copy(order="F")
        for other in others:
            total._lower += other._lower
        apart = [np.sqrt(part.count) * (part._mean - total._mean) for part in parts]
        total._square(np.array(apart))
        return total

    @property
    def mean(self) -> Vector:
        """Of all items so far."""
        return self._mean.copy() if self.shift is None else self._mean + self.shift

    def scatter(self) -> Matrix:
        """Of all items so far, about their mean."""
        self._settle()
        scatter = np.tril(self._lower, -1)
        scatter += scatter.T
        np.fill_diagonal(scatter, self._lower.diagonal())
        return scatter

    def _square(self, rows: Matrix) -> None:
        if self._short is None:
            dsyrk(1.0, rows.T, beta=1.0, c=self._lower, overwrite_c=True, lower=True)
            return
        short = rows.astype(np.float32)
        ssyrk(1.0, short.T, beta=1.0, c=self._short, overwrite_c=True, lower=True)
        self._waiting += len(rows)
        if self._waiting >= BLOCK:
            self._settle()

    def _settle(self) -> None:
        if self._short is not None and self._waiting:
            self._lower += self._short
            self._short[:] = 0
            self._waiting = 0

    def _look(self, items: Matrix, centre: Vector) -> None:
        """For what else is summed: rows less their mean, and that mean less the shift."""
