"""Space turned inside out about a point."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes.mixings.orthogonal import random_rotation

__all__ = ["Mobius"]


@dataclass(frozen=True)
class Mobius:
    r""":math:`x = Q^\top(z - a)/\lVert z - a\rVert^2` with a rotation ``Q`` drawn from ``seed``
    and a pole ``a`` whose coordinates are all ``pole``.

    It is conformal: its Jacobian is everywhere a rotation or reflection times a number, so each
    latent moves what is seen at right angles to the others. Keep latents away from the pole.

    >>> z = np.array([[0.0, 1.0]])
    >>> bool(np.isclose(np.linalg.norm(Mobius(pole=-1.0)(z)), 1 / np.sqrt(5)))
    True
    """

    pole: float = -1.0
    seed: int = 0

    def __call__(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        away = z - self.pole
        return away / np.square(away).sum(-1, keepdims=True) @ self._rotation(z.shape[-1])

    def inverse(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        away = x @ self._rotation(x.shape[-1]).T
        return away / np.square(away).sum(-1, keepdims=True) + self.pole

    def _rotation(self, d: int) -> NDArray[np.float64]:
        return random_rotation(d, np.random.default_rng(self.seed))
