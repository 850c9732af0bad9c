"""Latents with nonlinear dynamics, seen through a twist."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes import Equivalence, Pairs
from ssl_theory.processes.mixings.orthogonal import random_rotation

__all__ = ["DriftingState", "Twist"]

Matrix = NDArray[np.float64]

BURN_IN = 30


@dataclass(frozen=True)
class Twist:
    """``(z_1, R(turn z_1) (z_2, z_3))``: a rotation by what it leaves alone.

    >>> Twist(turn=np.pi / 2)(np.array([[1.0, 2.0, 0.0]])).round(12).tolist()
    [[1.0, 0.0, 2.0]]
    """

    turn: float = 1.0

    def __call__(self, z: Matrix) -> Matrix:
        return self._turned(z, self.turn)

    def inverse(self, x: Matrix) -> Matrix:
        return self._turned(x, -self.turn)

    def _turned(self, points: Matrix, turn: float) -> Matrix:
        axis, first, second = np.moveaxis(points, -1, 0)
        cos, sin = np.cos(turn * axis), np.sin(turn * axis)
        return np.stack([axis, cos * first - sin * second, sin * first + cos * second], axis=-1)


@dataclass(frozen=True)
class DriftingState:
    r"""Three latents with :math:`z' = f(z) + \sigma\varepsilon`, a moment and the next, through a
    twist.

    ``f(z) = 1.2 tanh(1.5 z Q)`` with a rotation ``Q``, or, if not ``all_foretold``,
    ``1.2 tanh(1.5 z_1)`` in the first latent and nothing in the others, which are fresh noise.

    >>> DriftingState(all_foretold=False).drift(np.ones((1, 3))).round(3).tolist()
    [[1.086, 0.0, 0.0]]
    """

    all_foretold: bool = True
    noise: float = 0.5
    mixing: Twist = Twist()

    @property
    def equivalence_class(self) -> Equivalence:
        """In the units of the noise an affine map, of what is foretold."""
        return Equivalence.AFFINE if self.all_foretold else Equivalence.SUBSPACE

    def drift(self, z: Matrix) -> Matrix:
        """The mean of the next latents."""
        if self.all_foretold:
            rotation = random_rotation(3, np.random.default_rng(0))
            return np.asarray(1.2 * np.tanh(1.5 * z @ rotation))
        return np.asarray(1.2 * np.tanh(1.5 * z) * [1.0, 0.0, 0.0])

    def draw(self, n: int, seed: int) -> Pairs:
        """``n`` independent pairs, after thirty steps from a normal start."""
        rng = np.random.default_rng(seed)
        z = rng.standard_normal((n, 3))
        for _ in range(BURN_IN):
            z = self.drift(z) + self.noise * rng.standard_normal((n, 3))
        later = self.drift(z) + self.noise * rng.standard_normal((n, 3))
        return Pairs(self.mixing(z), self.mixing(later), z, later)
