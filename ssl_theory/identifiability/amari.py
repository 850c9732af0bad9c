"""How far a fitted linear map is from a permutation with scales."""

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from ssl_theory.identifiability import condition as having
from ssl_theory.identifiability.chance import DRAWS, random_rotation
from ssl_theory.identifiability.columns import standardised
from ssl_theory.identifiability.least_squares import best_affine_map
from ssl_theory.identifiability.measure import Measure, check_square

__all__ = ["AmariError", "amari_error", "rotated_amari_error"]

Matrix = NDArray[np.float64]


def amari_error(matrix: NDArray[np.float64]) -> float:
    r"""How far a square matrix is from one nonzero entry in each row and column.

    .. math:: \frac{1}{2d(d-1)}\Bigl[
        \sum_i\Bigl(\sum_j \frac{|p_{ij}|}{\max_j|p_{ij}|} - 1\Bigr)
        + \sum_j\Bigl(\sum_i \frac{|p_{ij}|}{\max_i|p_{ij}|} - 1\Bigr)\Bigr]

    between 0 and 1; a row or column of zeros counts as one of equal entries. [amari1996new]

    >>> amari_error(np.array([[0.0, -3.0], [0.5, 0.0]])), amari_error(np.ones((2, 2)))
    (0.0, 1.0)
    """
    sizes, d = np.abs(matrix), len(matrix)
    if d == 1:
        return 0.0
    excess = 0.0
    for axis in (0, 1):
        largest = sizes.max(axis)
        dead = largest == 0
        excess += np.where(dead, d - 1, sizes.sum(axis) / np.where(dead, 1, largest) - 1).sum()
    return float(excess / (2 * d * (d - 1)))


@cache
def rotated_amari_error(d: int) -> float:
    r"""The Amari error of a uniform rotation: :math:`(2/\pi)\log 2` of two latents.

    >>> round(rotated_amari_error(2), 3)
    0.441
    """
    if d == 2:
        return float(2 / np.pi * np.log(2))
    generator = np.random.default_rng(0)
    return float(np.mean([amari_error(random_rotation(d, generator)) for _ in range(DRAWS)]))


@dataclass(frozen=True)
class AmariError(Measure):
    """The :func:`amari_error` of the best linear map from the representation to the latents.

    Both are standardised, so units do not matter. 0 where every latent is a dimension up to
    scale, 1 where all of them are mixed alike in all; rotations of independent latents have .44,
    .40 and .37 in 2, 5 and 10 dimensions. It says nothing of how much of the latents the map
    explains, so it is valid where that is nearly all.

    Parts: ``map`` ``(D, d)``, from standardised to standardised.

    >>> z = np.array([[1.0, 1], [1, -1], [-1, 1], [-1, -1]])
    >>> round(AmariError()(z, z[:, ::-1] * [3, -1]).value, 12)
    0.0
    """

    best: ClassVar[float] = 0.0
    expected = MappingProxyType(
        {"rotation": lambda measure, sizes: rotated_amari_error(sizes.latents)}
    )

    @property
    def valid_for(self) -> tuple[having.Condition, ...]:
        return (having.AFFINE, having.INDEPENDENT_LATENTS, having.items_per_dimension(20))

    def measure(self, z: Matrix, h: Matrix) -> tuple[float, dict[str, Any]]:
        check_square(z, h)
        fitted = best_affine_map(standardised(h), standardised(z)).matrix
        # Of a map that rounding alone makes, entries are nothing.
        fitted[np.abs(fitted) < 1e-9] = 0
        return amari_error(fitted), {"map": fitted}
