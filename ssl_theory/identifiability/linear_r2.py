"""How much of the latents is linear in the representation, and the reverse."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ssl_theory.identifiability import condition as having
from ssl_theory.identifiability.columns import held_out
from ssl_theory.identifiability.least_squares import best_affine_map, r_squared
from ssl_theory.identifiability.measure import Measure

__all__ = ["LinearR2", "mean_r_squared"]

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class LinearR2(Measure):
    r"""The lesser of the shares of variance that latents and representation explain of each other.

    :math:`R^2(h\to z)` asks whether the representation holds the latents, :math:`R^2(z\to h)`
    whether it holds nothing else. Both are 1 if and only if each is affine in the other, the
    definition of *affine identifiability*; one alone is fooled, the first by what is added and
    the second by what is left out. Of dependent latents, one direction explains much of
    each, and what is explained of their decorrelated directions is looked at too.

    Fitted on one part of the items and scored on the other, as means over columns; dimensions
    that do not vary are left out. What knows nothing scores 0 or, by chance, a little less. On the
    items it was fitted to (``test_share=0``) noise scores :math:`p/(n-1)` from ``p`` columns.

    Parts: ``latents_from_representation``, ``representation_from_latents``, the same by column
    (``of_latents``, ``of_representation``), and ``in_sample_null``, of both, what noise would
    score on the items it was fitted to.

    >>> z = np.random.default_rng(0).standard_normal((400, 2))
    >>> round(LinearR2()(z, z @ [[1.0, 2], [0, 1]] + 3).value, 9)
    1.0
    """

    test_share: float = 0.25
    seed: int = 0

    expected = MappingProxyType(
        {
            "rotation": lambda measure, sizes: 1.0,
            "noise": lambda measure, sizes: (
                0.0
                if measure.test_share
                else min(sizes.latents, sizes.dimensions) / (sizes.items - 1)
            ),
        }
    )

    @property
    def valid_for(self) -> tuple[having.Condition, ...]:
        return having.ALL_DIRECTIONS, having.items_per_dimension(20)

    def measure(self, z: Matrix, h: Matrix) -> tuple[float, dict[str, Any]]:
        train, test = held_out(len(z), self.test_share, self.seed)
        found = {}
        for name, x, y in (("latents", h, z), ("representation", z, h)):
            found[name] = r_squared(y[test], best_affine_map(x[train], y[train])(x[test]))
        onto, back = mean_r_squared(found["latents"]), mean_r_squared(found["representation"])
        return min(onto, back), {
            "latents_from_representation": onto,
            "representation_from_latents": back,
            "of_latents": found["latents"],
            "of_representation": found["representation"],
            "in_sample_null": (h.shape[1] / (len(train) - 1), z.shape[1] / (len(train) - 1)),
        }


def mean_r_squared(by_column: NDArray[np.float64]) -> float:
    """The mean over columns that vary; 0 if none does.

    >>> mean_r_squared(np.array([1.0, np.nan])), mean_r_squared(np.array([np.nan]))
    (1.0, 0.0)
    """
    varies = ~np.isnan(by_column)
    return float(by_column[varies].mean()) if varies.any() else 0.0
