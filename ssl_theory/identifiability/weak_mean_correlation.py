"""Mean correlation once the representation may be mixed linearly."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ssl_theory.identifiability import condition as having
from ssl_theory.identifiability.canonical_pairs import canonical_directions
from ssl_theory.identifiability.columns import held_out
from ssl_theory.identifiability.least_squares import best_affine_map
from ssl_theory.identifiability.mean_correlation import matched_correlation
from ssl_theory.identifiability.measure import Measure

__all__ = ["WeakMeanCorrelation"]

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class WeakMeanCorrelation(Measure):
    r"""The mean correlation after the best linear map: MCC, weak.

    With ``after="affine"`` the representation is mapped to the latents by least squares, and the
    terms are the correlations of latents with what is foretold of them. With
    ``after="canonical"`` both are turned to their canonical directions, as in
    [khemakhem2020icebeem], and the terms are canonical correlations. Both are 1 where the latents
    are affine in the representation; a map is fitted and items matched on one part of the items,
    and correlated on another, or noise would score :math:`\sqrt{D/n}`. [hotelling1936relations]

    Parts: those of :class:`~ssl_theory.identifiability.mean_correlation.MeanCorrelation`.

    >>> z = np.random.default_rng(0).standard_normal((400, 2))
    >>> round(WeakMeanCorrelation()(z, z @ [[1.0, 2], [0, 1]]).value, 9)
    1.0
    """

    after: str = "affine"
    ranks: bool = False
    test_share: float = 0.25
    seed: int = 0

    expected = MappingProxyType(
        {
            "rotation": lambda measure, sizes: 1.0,
            "noise": lambda measure, sizes: 0.0 if measure.test_share else None,
        }
    )

    def __post_init__(self) -> None:
        if self.after not in ("affine", "canonical"):
            raise ValueError(
                f'`after` must be "affine" or "canonical", got {self.after!r}. Without a map, use '
                "MeanCorrelation."
            )

    @property
    def valid_for(self) -> tuple[having.Condition, ...]:
        return having.INDEPENDENT_LATENTS, having.ALL_DIRECTIONS, having.items_per_dimension(20)

    def measure(self, z: Matrix, h: Matrix) -> tuple[float, dict[str, Any]]:
        train, test = held_out(len(z), self.test_share, self.seed)
        if self.after == "affine":
            fitted = best_affine_map(h[train], z[train])
            latents, codes = z, fitted(h)
        else:
            of_latents, of_codes = canonical_directions(z[train], h[train])
            latents, codes = of_latents(z), of_codes(h)
        return matched_correlation(
            (latents[train], codes[train]), (latents[test], codes[test]), self.ranks
        )
