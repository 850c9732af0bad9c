"""The one thing that mixings of the plane ask of their latents."""

import numpy as np
from numpy.typing import NDArray

__all__ = ["in_the_plane"]


def in_the_plane(points: NDArray[np.float64], mixing: object) -> NDArray[np.float64]:
    """The same points, if they have two coordinates."""
    if points.shape[-1] != 2:
        name = type(mixing).__name__
        raise ValueError(
            f"`{name}` must be given 2 latents, got {points.shape[-1]}. It is a map of the plane."
        )
    return points
