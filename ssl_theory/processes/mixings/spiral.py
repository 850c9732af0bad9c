"""The plane wound up about its origin."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes.mixings.plane import in_the_plane

__all__ = ["Spiral"]


@dataclass(frozen=True)
class Spiral:
    r""":math:`x = R(\omega\lVert z\rVert)\,z`: each circle is turned by ``omega`` times its radius,
    so lengths and areas stay and straight lines through the origin become spirals.

    >>> Spiral(turn=np.pi / 2)(np.array([[1.0, 0.0]])).round(12).tolist()
    [[0.0, 1.0]]
    """

    turn: float = np.pi

    def __call__(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        return self._turned(z, self.turn)

    def inverse(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        return self._turned(x, -self.turn)

    def _turned(self, points: NDArray[np.float64], turn: float) -> NDArray[np.float64]:
        angle = turn * np.linalg.norm(in_the_plane(points, self), axis=-1)
        cos, sin = np.cos(angle), np.sin(angle)
        first, second = points[..., 0], points[..., 1]
        return np.stack([cos * first - sin * second, sin * first + cos * second], axis=-1)
