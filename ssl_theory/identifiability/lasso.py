"""Linear importance of dimensions, made sparse."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ssl_theory.identifiability import condition as having
from ssl_theory.identifiability.columns import standardised, varies
from ssl_theory.identifiability.least_squares import AffineMap

__all__ = ["Lasso", "lasso_weights"]

Matrix = NDArray[np.float64]
SWEEPS = 2000


@dataclass(frozen=True)
class Lasso:
    """The sizes of the weights that predict each standardised latent from standardised dimensions.

    Linear: what is not linear in the representation has no importance. Of dimensions that tell
    the same, the first gets all.
    """

    penalty: float = 0.01

    @property
    def valid_for(self) -> tuple[having.Condition, ...]:
        """What the latents must be for these importances."""
        return (having.AFFINE,)

    def fit(self, h: Matrix, z: Matrix) -> tuple[Matrix, Callable[[Matrix], Matrix]]:
        """Importances ``(D, d)``, and the prediction of latents."""
        weights = lasso_weights(standardised(h), standardised(z), self.penalty)
        alive = varies(h)
        scale = z.std(0) / np.where(alive, h.std(0), 1.0)[:, None]
        matrix = np.where(alive[:, None], weights * scale, 0.0)
        return np.abs(weights), AffineMap(matrix, z.mean(0) - h.mean(0) @ matrix)


def lasso_weights(x: Matrix, y: Matrix, penalty: float) -> Matrix:
    r"""The minimiser of :math:`|y - xb|^2/2n + \alpha|b|_1` for each column of ``y``.

    By coordinate descent in order, from 0.

    >>> x = np.array([[1.0, 1], [1, -1], [-1, 1], [-1, -1]])
    >>> lasso_weights(x, x[:, :1], 0.25).ravel().tolist()  # shrunk by the penalty
    [0.75, 0.0]
    """
    gram, target = x.T @ x / len(x), x.T @ y / len(x)
    weights = np.zeros_like(target)
    living = np.flatnonzero(np.diag(gram) > 0)
    for _ in range(SWEEPS):
        moved = 0.0
        for i in living:
            pull = target[i] - gram[i] @ weights + gram[i, i] * weights[i]
            fresh = np.sign(pull) * np.maximum(np.abs(pull) - penalty, 0) / gram[i, i]
            moved = max(moved, float(np.abs(fresh - weights[i]).max()))
            weights[i] = fresh
        if moved < 1e-10:
            break
    return weights
