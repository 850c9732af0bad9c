"""Latents seen after a rotation."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Orthogonal", "random_rotation"]


@dataclass(frozen=True)
class Orthogonal:
    """``x = z Q`` with ``Q`` uniform over the orthogonal matrices, drawn from ``seed``.

    >>> z = np.array([[3.0, 4.0]])
    >>> round(float(np.linalg.norm(Orthogonal()(z))), 12)
    5.0
    """

    seed: int = 0

    def __call__(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        return z @ self.matrix(z.shape[-1])

    def inverse(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        return x @ self.matrix(x.shape[-1]).T

    def matrix(self, d: int) -> NDArray[np.float64]:
        """The ``Q`` for ``d`` latents."""
        return random_rotation(d, np.random.default_rng(self.seed))


def random_rotation(d: int, generator: np.random.Generator) -> NDArray[np.float64]:
    """Uniform over the orthogonal matrices of order ``d``, reflections among them."""
    q, r = np.linalg.qr(generator.standard_normal((d, d)))
    return q * np.sign(np.diag(r))  # without the signs it would depend on how qr chooses them
