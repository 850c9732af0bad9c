"""What every mixing has."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["Mixing"]


class Mixing(Protocol):
    """A frozen invertible map from latents ``(items, d)`` to what is seen ``(items, d)``.

    Its own parameters do not name ``d``: the same value mixes any number of latents that its
    equation allows.
    """

    def __call__(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        """What is seen."""

    def inverse(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        """The latents, to rounding."""
