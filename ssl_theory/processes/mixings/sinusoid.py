"""The plane sheared by a wave."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes.mixings.plane import in_the_plane

__all__ = ["Sinusoid"]


@dataclass(frozen=True)
class Sinusoid:
    """``x = (z1 + sin(frequency z2), z2)``, which keeps areas.

    >>> Sinusoid(frequency=np.pi / 2)(np.array([[3.0, 1.0]])).tolist()
    [[4.0, 1.0]]
    """

    frequency: float = 1.5

    def __call__(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        return self._sheared(z, 1)

    def inverse(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        return self._sheared(x, -1)

    def _sheared(self, points: NDArray[np.float64], sign: int) -> NDArray[np.float64]:
        first, second = np.moveaxis(in_the_plane(points, self), -1, 0)
        return np.stack([first + sign * np.sin(self.frequency * second), second], axis=-1)
