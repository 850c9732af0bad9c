"""Latents seen as they are."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Unmixed"]


@dataclass(frozen=True)
class Unmixed:
    """``x = z``."""

    def __call__(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        return z

    def inverse(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        return x
