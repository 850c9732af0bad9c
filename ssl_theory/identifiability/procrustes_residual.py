"""What a rotation of the latents leaves of the representation."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from ssl_theory.identifiability import condition as having
from ssl_theory.identifiability.measure import Measure

__all__ = ["ProcrustesResidual"]

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class ProcrustesResidual(Measure):
    r"""The share of the representation that the best rotation of the latents does not give.

    .. math:: \min_{Q^\top Q = I} \frac{|h - zQ|^2}{|h|^2}
        = 1 + \frac{|z|^2 - 2 |z^\top h|_*}{|h|^2}

    of centred columns, with columns of zeros added to the narrower of the two: 0 if and only if
    the latents are identified up to rotation, reflection and shift. With ``free_scale``, also up
    to one scale,

    .. math:: 1 - \Bigl(\frac{|z^\top h|_*}{|z|\,|h|}\Bigr)^2.

    A representation that does not vary has 1. Without a free scale the value can exceed 1.
    [schonemann1966procrustes]

    Parts: ``rotation`` ``(d, D)``, the best; ``scale``.

    >>> z = np.array([[1.0, 1], [1, -1], [-1, 1], [-1, -1]])
    >>> [round(ProcrustesResidual(free_scale=x)(z, 2 * z[:, ::-1]).value, 9) for x in (True, False)]
    [0.0, 0.25]
    """

    free_scale: bool = False

    best: ClassVar[float] = 0.0
    of_lengths: ClassVar[bool] = True
    expected = MappingProxyType({"rotation": lambda measure, sizes: 0.0})

    @property
    def valid_for(self) -> tuple[having.Condition, ...]:
        return having.AS_MANY_DIRECTIONS, having.ALL_DIRECTIONS, having.items_per_dimension(20)

    def measure(self, z: Matrix, h: Matrix) -> tuple[float, dict[str, Any]]:
        z, h = z - z.mean(0), h - h.mean(0)
        left, sizes, right = np.linalg.svd(z.T @ h, full_matrices=False)
        overlap, latents, codes = sizes.sum(), np.square(z).sum(), np.square(h).sum()
        rotation = left @ right
        if codes <= np.finfo(np.float64).eps ** 2 * latents:
            return 1.0, {"rotation": rotation, "scale": 0.0}
        scale = float(overlap / latents) if self.free_scale else 1.0
        residual = 1 + scale * (scale * latents - 2 * overlap) / codes
        return float(max(0.0, residual)), {"rotation": rotation, "scale": scale}
