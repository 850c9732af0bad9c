"""Whether each dimension tells of one latent only."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ssl_theory.identifiability import condition as having
from ssl_theory.identifiability.binned_information import binned_information
from ssl_theory.identifiability.measure import Measure

__all__ = ["Modularity"]

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Modularity(Measure):
    r"""The mean over dimensions of one less what they tell of all latents but their own.

    .. math:: 1 - \frac{\sum_{j \ne j^*} I_{ij}^2}{(d - 1)\, I_{ij^*}^2}

    for dimension ``i``, with :math:`j^*` the latent it tells most of. 1 where each tells of one
    latent, 0 where each tells of all alike. It says nothing of what is left out: a single
    dimension that is one latent has 1. Dimensions that tell of no latent beyond chance (a G test)
    are left out; if none tells of any, the value is 0. [ridgeway2018learning]

    Parts: ``information`` ``(d, D)`` in nats, ``of_dimensions`` (NaN where left out), ``own``, the
    latent of each dimension.

    >>> z = np.array([[0, 0], [0, 1], [1, 0], [1, 1]] * 25)
    >>> round(Modularity()(z, np.hstack([z, z, 0 * z]).astype(float)).value, 9)
    1.0
    """

    bins: int = 20
    corrected: bool = True

    @property
    def valid_for(self) -> tuple[having.Condition, ...]:
        return (
            having.INDEPENDENT_LATENTS,
            having.at_most_values(self.bins),
            having.items_per_cell(self.bins, 5),
        )

    def measure(self, z: Matrix, h: Matrix) -> tuple[float, dict[str, Any]]:
        if z.shape[1] < 2:
            raise ValueError(
                "`latents` must be at least 2, got 1: of a single one, every dimension is modular. "
                "Use MeanCorrelation."
            )
        found = binned_information(z, h, self.bins, corrected=self.corrected)
        squares = np.square(found.information)
        own = squares.argmax(0)
        largest = squares.max(0)
        telling = found.beyond_chance.any(0) & (largest > 0)
        others = (squares.sum(0) - largest) / np.where(telling, largest, 1)
        values = np.where(telling, 1 - others / (z.shape[1] - 1), np.nan)
        parts = {"information": found.information, "of_dimensions": values, "own": own}
        return float(values[telling].mean()) if telling.any() else 0.0, parts
