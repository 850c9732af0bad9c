"""The plane bent along a parabola."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes.mixings.plane import in_the_plane

__all__ = ["Banana"]


@dataclass(frozen=True)
class Banana:
    """``x = (z1, z2 + bend z1^2)``, which keeps areas.

    >>> Banana()(np.array([[3.0, 1.0]])).tolist()
    [[3.0, 10.0]]
    """

    bend: float = 1.0

    def __call__(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        return self._bent(z, self.bend)

    def inverse(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        return self._bent(x, -self.bend)

    def _bent(self, points: NDArray[np.float64], bend: float) -> NDArray[np.float64]:
        first, second = np.moveaxis(in_the_plane(points, self), -1, 0)
        return np.stack([first, second + bend * first**2], axis=-1)
