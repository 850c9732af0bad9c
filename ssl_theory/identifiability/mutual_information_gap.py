"""How much more the best dimension tells of each latent than the second best."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ssl_theory.identifiability import condition as having
from ssl_theory.identifiability.binned_information import binned_information, check_several
from ssl_theory.identifiability.measure import Measure

__all__ = ["MutualInformationGap"]

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class MutualInformationGap(Measure):
    r"""The mean gap in mutual information, in units of the entropy of the latent: MIG.

    .. math:: \frac1d \sum_j \frac{I(z_j; h_{(1)}) - I(z_j; h_{(2)})}{H(z_j)}

    of the two dimensions that tell most of each latent. 1 where each latent is a function of one
    dimension and no other knows of it, 0 where two know the same: a dimension that is there twice
    costs everything. [chen2018isolating]

    Latents and dimensions of more than ``bins`` values are put in bins of equal counts, so that
    increasing maps change nothing (the paper has equal widths); the value depends on how many.
    Each of the two informations is corrected for counting, without which noise tells
    :math:`(K_x-1)(K_y-1)/2n`; the larger of two is positive still.

    Parts: ``information`` ``(d, D)`` and ``entropy`` in nats, ``gaps``, ``best`` dimensions.

    >>> z = np.array([[0, 0], [0, 1], [1, 0], [1, 1]] * 25)
    >>> round(MutualInformationGap()(z, 3.0 * z[:, ::-1]).value, 9)
    1.0
    """

    bins: int = 20
    corrected: bool = True

    expected = MappingProxyType({"noise": lambda measure, sizes: 0.0})

    @property
    def valid_for(self) -> tuple[having.Condition, ...]:
        return (
            having.INDEPENDENT_LATENTS,
            having.at_most_values(self.bins),
            having.items_per_cell(self.bins, 5),
        )

    def measure(self, z: Matrix, h: Matrix) -> tuple[float, dict[str, Any]]:
        check_several(h)
        information, entropy, _ = binned_information(z, h, self.bins, corrected=self.corrected)
        second, first = np.sort(information, 1)[:, -2:].T
        gaps = (first - second) / entropy
        return float(gaps.mean()), {
            "information": information,
            "entropy": entropy,
            "gaps": gaps,
            "best": information.argmax(1),
        }
