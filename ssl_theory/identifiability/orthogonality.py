"""How far a fitted linear map is from a rotation."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from ssl_theory.identifiability import condition as having
from ssl_theory.identifiability.least_squares import best_affine_map
from ssl_theory.identifiability.measure import Measure, check_square

__all__ = ["OrthogonalityError"]

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class OrthogonalityError(Measure):
    r"""The most that the best linear map from latents to representation stretches or shrinks.

    .. math:: \max_a |s_a - 1|

    over the singular values of that map, in the units that both come in: 0 for rotations and
    reflections, 1 for what loses a direction. With ``free_scale`` the singular values are divided
    by their root mean square, and any multiple of a rotation has 0 (no map at all has 1). It
    says nothing of how much the map explains, so it is valid where that is nearly all.

    Parts: ``singular_values``, ``map`` ``(d, D)``, ``scale``.

    >>> z = np.array([[1.0, 1], [1, -1], [-1, 1], [-1, -1]])
    >>> round(OrthogonalityError()(z, z @ [[0.6, 0.8], [-0.8, 0.6]]).value, 12)
    0.0
    """

    free_scale: bool = False

    best: ClassVar[float] = 0.0
    of_lengths: ClassVar[bool] = True
    expected = MappingProxyType({"rotation": lambda measure, sizes: 0.0})

    @property
    def valid_for(self) -> tuple[having.Condition, ...]:
        return having.AFFINE, having.items_per_dimension(20)

    def measure(self, z: Matrix, h: Matrix) -> tuple[float, dict[str, Any]]:
        check_square(z, h)
        fitted = best_affine_map(z, h).matrix
        sizes = np.linalg.svd(fitted, compute_uv=False)
        scale = float(np.sqrt(np.square(sizes).mean())) if self.free_scale else 1.0
        relative = sizes / scale if scale else sizes
        parts = {"singular_values": sizes, "map": fitted, "scale": scale}
        return float(np.abs(relative - 1).max()), parts
