"""Whether the values of each latent are linearly separable in the representation."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ssl_theory.identifiability import condition as having
from ssl_theory.identifiability.binned_information import binned
from ssl_theory.identifiability.columns import held_out, standardised
from ssl_theory.identifiability.logistic import area_under_curve, best_logit
from ssl_theory.identifiability.measure import Measure

__all__ = ["Explicitness"]

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Explicitness(Measure):
    r"""The mean area under the curve of logistic regressions, one for each value of each latent.

    Each value of a latent is told from its other values by the standardised representation, on
    items that the regression has not seen. 1 where every value is linearly separable, 1/2 where
    nothing is known. Linear maps of the representation change little: it complements
    :class:`~ssl_theory.identifiability.modularity.Modularity`. [ridgeway2018learning]

    Latents of more than ``levels`` values are put in that many bins of equal counts. More than
    two ask for the middle of a latent, which is not linear in the latent itself.

    Parts: ``of_latents``, the mean of each; ``above_chance``, twice the value less one.

    >>> z = np.random.default_rng(0).uniform(size=(400, 2))
    >>> Explicitness()(z, z @ [[1.0, 2], [0, 1]]).value > 0.99
    True
    """

    levels: int = 2
    penalty: float = 1.0
    test_share: float = 0.25
    seed: int = 0

    expected = MappingProxyType({"noise": lambda measure, sizes: 0.5})

    @property
    def valid_for(self) -> tuple[having.Condition, ...]:
        return having.balanced(self.levels), having.items_per_dimension(20)

    def measure(self, z: Matrix, h: Matrix) -> tuple[float, dict[str, Any]]:
        if self.levels < 2:
            raise ValueError(
                f"`levels` must be at least 2, got {self.levels}: one value cannot be told from "
                "others. Use 2."
            )
        train, test = held_out(len(z), self.test_share, self.seed)
        codes = standardised(h)
        of_latents = np.zeros(z.shape[1])
        for latent, column in enumerate(z.T):
            members = binned(column, self.levels)
            areas = []
            # Of two values, one told from the other is the other told from the one.
            for level in range(members.max() + 1 if members.max() > 1 else 1):
                positive = members == level
                logit = best_logit(codes[train], positive[train], penalty=self.penalty)
                areas.append(area_under_curve(logit(codes[test])[:, 0], positive[test]))
            of_latents[latent] = np.mean(areas)
        value = float(of_latents.mean())
        return value, {"of_latents": of_latents, "above_chance": 2 * value - 1}
