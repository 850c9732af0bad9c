"""Half of the latents seen as they are, the others shifted by what those say."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Coupling"]


@dataclass(frozen=True)
class Coupling:
    r""":math:`x = (z_1,\; z_2 + \tanh(s\, z_1 Q))` with normal :math:`Q` and strength :math:`s`:
    the additive coupling of [dinh2015nice], which keeps volumes.

    ``z_1`` is the first half of the latents, the smaller one where their number is odd.

    >>> z = np.array([[0.0, 5.0]])
    >>> Coupling()(z).tolist()
    [[0.0, 5.0]]
    """

    strength: float = 2.0
    seed: int = 0

    def __call__(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        return self._shifted(z, 1)

    def inverse(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        return self._shifted(x, -1)

    def _shifted(self, points: NDArray[np.float64], sign: int) -> NDArray[np.float64]:
        d = points.shape[-1]
        if d < 2:
            raise ValueError(f"`Coupling` must be given at least 2 latents, got {d}.")
        kept, moved = points[..., : d // 2], points[..., d // 2 :]
        q = np.random.default_rng(self.seed).standard_normal((d // 2, d - d // 2))
        shift = np.tanh(self.strength * (kept @ q))
        return np.concatenate([kept, moved + sign * shift], axis=-1)
