"""How far partners are apart, summed as they pass."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ssl_theory.diagnostics.unit_rows import scaled_to_length_one

__all__ = ["Pairs"]


class Pairs:
    """Squared distances of partners, as they are and once brought to length 1."""

    def __init__(self) -> None:
        self.count = 0
        self._angles = self._squares = 0.0
        self._drift: NDArray[np.float64] | float = 0.0
        self._shift: NDArray[np.float64] | float = 0.0  # near the mean difference

    def add(self, z: NDArray, w: NDArray, lengths: Sequence[NDArray]) -> None:
        """Take in rows of both views; ``lengths`` are the largest entries of each."""
        z, w = np.asarray(z, np.float64), np.asarray(w, np.float64)
        apart = z - w
        if not self.count:
            self._shift = apart.mean(0)
        apart -= self._shift
        self.count += len(z)
        self._squares += float(np.square(apart).sum())
        self._drift += apart.sum(0)
        if all(largest.all() for largest in lengths):
            u, v = map(scaled_to_length_one, (z, w), lengths)
            self._angles += float(np.square(u - v).sum())

    @property
    def alignment(self) -> float:
        """The mean squared distance of directions, if every item has one."""
        return self._angles / self.count

    @property
    def squares_about_the_means(self) -> float:
        """The sum of squared distances once each view's mean is taken off."""
        return self._squares - float(np.square(self._drift).sum()) / self.count
