r"""First and second moments that merge: the only thing a spectrum needs, whatever the stream.

For items :math:`z_i` a :class:`Moments` holds their count, their mean and, once there are more of
them than dimensions, their scatter :math:`\sum_i (z_i-\bar z)(z_i-\bar z)^\top`; up to then the
items themselves, which are fewer numbers and give the spectrum through the smaller Gram matrix.
Blocks are centred before they are multiplied and merged by the rule of Chan, Golub and LeVeque,
always in float64: a mean of :math:`10^7` costs no digit of a unit variance. [chan1983algorithms]
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ssl_theory.accumulator import BLOCK, Accumulator
from ssl_theory.arrays import check_embeddings, check_views

__all__ = ["Moments", "PairMoments"]

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Moments:
    """Count, mean and scatter of items seen so far; ``a + b`` are those of both.

    >>> z = np.array([[0.0, 1.0], [2.0, 1.0], [1.0, 4.0]])
    >>> (Moments.of(z[:1]) + Moments.of(z[1:])).covariance().tolist()
    [[1.0, 0.0], [0.0, 3.0]]
    """

    count: int
    mean: Vector  # (d,)
    items: Matrix | None  # (count, d), while there are at most d of them
    scatter: Matrix | None  # (d, d), from then on
    roundoff: float = 0.0  # unit roundoff of the coarsest dtype the items came in
    single: bool = False  # whether squares were summed in float32, block by block

    @classmethod
    def empty(cls, dimension: int) -> "Moments":
        """Those of no items: adding them changes nothing."""
        return cls(0, np.zeros(dimension), np.empty((0, dimension)), None)

    @classmethod
    def of(cls, z: Any, *, block: int = BLOCK) -> "Moments":
        """Those of the rows of one array, memory map or tensor, read ``block`` rows at a time."""
        coarse = _roundoff(z)
        z = check_embeddings(z, minimum=1)
        if len(z) <= z.shape[1]:
            items = np.array(z, dtype=np.float64)
            return cls(len(z), items.mean(0), items, None, coarse)
        blocks = (z[start : start + block] for start in range(0, len(z), block))
        return _accumulated(blocks, z.shape[1], coarse)

    @classmethod
    def summed(cls, total: Accumulator, roundoff: float = 0.0) -> "Moments":
        """Those of all items that ``total`` has taken in."""
        return cls(total.count, total.mean, None, total.scatter(), roundoff, total.single)

    @classmethod
    def over(cls, blocks: Iterable[Any]) -> "Moments":
        """Those of a stream of arrays of any lengths: nothing of the stream is kept."""
        total = None
        for block in blocks:
            moments = cls.of(block)
            total = moments if total is None else total + moments
        if total is None:
            raise ValueError("`blocks` must hold at least 1 array, got an empty stream.")
        return total

    def __add__(self, other: "Moments") -> "Moments":
        if self.dimension != other.dimension:
            raise ValueError(
                f"`other` must have {self.dimension} dimensions, got {other.dimension}: moments of "
                "different encoders do not add. Merge only what one encoder has embedded."
            )
        roundoff, single = max(self.roundoff, other.roundoff), self.single or other.single
        count = self.count + other.count
        if count <= self.dimension and self.items is not None and other.items is not None:
            items = np.concatenate([self.items, other.items])
            mean = items.mean(0) if count else self.mean
            return Moments(count, mean, items, None, roundoff, single)
        if not (self.count and other.count):
            return self if self.count else other
        apart = other.mean - self.mean
        mean = self.mean + apart * (other.count / count)
        scatter = _scatter(self) + _scatter(other)
        scatter += np.outer(apart, apart) * (self.count * other.count / count)
        return Moments(count, mean, None, scatter, roundoff, single)

    merge = __add__

    def __sub__(self, part: "Moments") -> "Moments":
        """Those of the items that are not in ``part``: the inverse of adding it."""
        count = self.count - part.count
        if count < 1 or self.items is not None:
            raise ValueError(
                f"`part` must be less than these {self.count} items, and these more than "
                f"{self.dimension}, got {part.count}. Add up the other parts instead."
            )
        apart = part.mean - self.mean
        mean = self.mean - apart * (part.count / count)
        scatter = _scatter(self) - _scatter(part)
        scatter -= np.outer(apart, apart) * (part.count * self.count / count)
        return Moments(count, mean, None, scatter, self.roundoff, self.single)

    @property
    def dimension(self) -> int:
        """Coordinates of an item."""
        return len(self.mean)

    @property
    def total_variance(self) -> float:
        """The trace of the covariance."""
        self._needs(2)
        if self.items is not None:
            return float(np.square(self.items - self.mean).sum() / (self.count - 1))
        return float(np.trace(_scatter(self)) / (self.count - 1))

    @property
    def mean_squares(self) -> Vector:
        """Of each coordinate, about the origin."""
        self._needs(1)
        if self.items is not None:
            return np.square(self.items).mean(0)
        return np.square(self.mean) + np.diag(_scatter(self)) / self.count

    @property
    def mean_square(self) -> float:
        """The mean squared length of an item, origin included."""
        return float(self.mean_squares.sum())

    def covariance(self, *, ddof: int = 1) -> Matrix:
        """The centred second moment; ``ddof=0`` for maximum likelihood."""
        self._needs(ddof + 1)
        return _scatter(self) / (self.count - ddof)

    def second_moment(self) -> Matrix:
        """The mean of ``z z^T`` about the origin."""
        return self.covariance(ddof=0) + np.outer(self.mean, self.mean)

    def eigenvalues(self, *, centred: bool = True) -> Vector:
        """Of the covariance, or of the second moment, largest first; the null ones left out.

        There are ``min(n - 1, d)`` when centred and ``min(n, d)`` when not: what ``n`` items show.
        """
        self._needs(2 if centred else 1)
        if self.items is not None:
            rows = self.items - self.mean if centred else self.items
            matrix = rows @ rows.T / (self.count - centred)
        else:
            matrix = self.covariance() if centred else self.second_moment()
        shown = min(self.count - centred, self.dimension)
        return np.linalg.eigvalsh(matrix)[::-1][:shown].clip(min=0)

    def to_arrays(self) -> dict[str, NDArray]:
        """Everything, as plain arrays: for ``np.savez``."""
        kept = {"items": self.items, "scatter": self.scatter}
        return {
            "count": np.array(self.count),
            "mean": self.mean,
            "roundoff": np.array(self.roundoff),
            "single": np.array(self.single),
        } | {name: value for name, value in kept.items() if value is not None}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray]) -> "Moments":
        """The inverse of :meth:`to_arrays`."""
        items, scatter = (arrays.get(name) for name in ("items", "scatter"))
        numbers = int(arrays["count"]), arrays["mean"], items, scatter
        return cls(*numbers, float(arrays["roundoff"]), bool(arrays["single"]))

    def _needs(self, items: int) -> None:
        if self.count < items:
            raise ValueError(
                f"the moments must be of at least {items} items, got {self.count}. Add more items."
            )


@dataclass(frozen=True, eq=False)
class PairMoments:
    """Moments of two views and across them: those of the joint vector, in blocks."""

    joint: Moments

    @classmethod
    def of(cls, z: Any, w: Any, *, block: int = BLOCK) -> "PairMoments":
        """Those of two arrays, row ``i`` of one the partner of row ``i`` of the other."""
        coarse = max(_roundoff(z), _roundoff(w))
        z, w = check_views(z, w)
        pieces = (
            np.concatenate([z[start : start + block], w[start : start + block]], 1)
            for start in range(0, len(z), block)
        )
        return cls(_accumulated(pieces, 2 * z.shape[1], coarse))

    def __add__(self, other: "PairMoments") -> "PairMoments":
        return PairMoments(self.joint + other.joint)

    merge = __add__

    @property
    def count(self) -> int:
        """Pairs seen."""
        return self.joint.count

    @property
    def dimension(self) -> int:
        """Coordinates of one view."""
        return self.joint.dimension // 2

    @property
    def covariances(self) -> tuple[Matrix, Matrix, Matrix]:
        """Within ``z``, within ``w``, and of ``z`` with ``w``."""
        d, joint = self.dimension, self.joint.covariance()
        return joint[:d, :d], joint[d:, d:], joint[:d, d:]

    def exchangeable(self) -> tuple[Matrix, Matrix]:
        """``(Sigma, Gamma)`` of the pair in random order: what the linear theory is about.

        The covariance within a view pools both views about their common mean; the covariance
        across them is averaged with its transpose.
        """
        within_z, within_w, across = self.covariances
        apart = self.joint.mean[: self.dimension] - self.joint.mean[self.dimension :]
        drift = np.outer(apart, apart) / 4 * (self.count / (self.count - 1))
        return (within_z + within_w) / 2 + drift, (across + across.T) / 2 - drift


def _accumulated(blocks: Iterator[NDArray], dimension: int, coarse: float) -> Moments:
    total, scratch = Accumulator(dimension), np.empty((0, dimension))
    for block in blocks:
        if len(scratch) <= len(block):
            scratch = np.empty((len(block) + 1, dimension))
        total.add(block, scratch)
    return Moments.summed(total, coarse)


def _scatter(moments: Moments) -> Matrix:
    if moments.items is not None:
        rows = moments.items - moments.mean
        return rows.T @ rows
    assert moments.scatter is not None  # one of the two is always kept
    return moments.scatter


def _roundoff(z: Any) -> float:
    """Half the distance from 1 to the next number of the dtype, before anything is upcast."""
    name = str(getattr(z, "dtype", "float64")).removeprefix("torch.")
    bits = {"float8_e5m2": 3, "float8_e4m3fn": 4, "bfloat16": 8, "float16": 11, "float32": 24}
    return 2.0 ** -bits.get(name, 53)
