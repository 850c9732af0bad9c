"""How well single dimensions of the representation correlate with single latents."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ssl_theory.identifiability import condition as having
from ssl_theory.identifiability.chance import noise_mean_correlation, rotated_mean_correlation
from ssl_theory.identifiability.columns import correlations, effective_rank, held_out, standardised
from ssl_theory.identifiability.least_squares import best_affine_map
from ssl_theory.identifiability.matching import UNMATCHED, best_matching, matched
from ssl_theory.identifiability.measure import Measure

__all__ = ["MeanCorrelation", "matched_correlation", "partial_correlations"]

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class MeanCorrelation(Measure):
    r"""The mean absolute correlation of latents with the dimensions matched to them: MCC, strong.

    .. math:: \max_\pi \frac1d \sum_j |\mathrm{corr}(z_j, h_{\pi(j)})|

    over matchings that use no dimension twice. 1 where every latent is, up to sign, scale and
    shift, a dimension (with ``ranks``, Spearman's: an increasing function of one). A latent
    without a dimension, or with a constant one, counts 0. [hyvarinen2016tcl]
    [khemakhem2020icebeem]

    It asks for *independent* latents: of correlated ones a representation of a single direction
    can have :math:`\sqrt{\lambda_1/d}`, which is .96 of five that correlate by .9. And it is never
    0: rotations of independent latents have .90, .73, .59 and .47 in 2, 5, 10 and 20 dimensions,
    and noise grows with the choice among dimensions. See
    :func:`~ssl_theory.identifiability.baselines.baselines`.

    Parts: ``correlations`` ``(d, D)`` with their signs; ``permutation``, the dimension of every
    latent (-1 for none); ``matched``, the terms of the mean; ``partial``, the correlation of each
    latent with its dimension given the other matched dimensions, 0 where that one adds nothing;
    ``effective_rank`` of the representation; ``single_direction_score``.

    Parameters
    ----------
    ranks
        Correlate ranks rather than values.
    test_share
        If positive, match on the rest of the items and correlate on these, with the signs found
        there: noise then has mean 0.
    seed
        Of the split.

    Examples
    --------
    >>> z = np.array([[1.0, 1], [1, -1], [-1, 1], [-1, -1]])
    >>> score = MeanCorrelation()(z, -2 * z[:, ::-1] + 5)
    >>> round(score.value, 12), score.parts["permutation"].tolist()
    (1.0, [1, 0])
    """

    ranks: bool = False
    test_share: float = 0.0
    seed: int = 0

    expected = MappingProxyType(
        {
            "rotation": lambda measure, sizes: (
                None if measure.ranks else rotated_mean_correlation(sizes.latents)
            ),
            "noise": lambda measure, sizes: (
                0.0 if measure.test_share else noise_mean_correlation(*sizes)
            ),
        }
    )

    @property
    def valid_for(self) -> tuple[having.Condition, ...]:
        return (
            having.INDEPENDENT_LATENTS,
            having.AS_MANY_DIRECTIONS,
            having.ALL_DIRECTIONS,
            having.items_per_dimension(20),
            *(() if self.ranks else (having.LINEAR_PAIRS,)),
        )

    def measure(self, z: Matrix, h: Matrix) -> tuple[float, dict[str, Any]]:
        train, test = held_out(len(z), self.test_share, self.seed)
        return matched_correlation((z[train], h[train]), (z[test], h[test]), self.ranks)


def matched_correlation(
    train: tuple[Matrix, Matrix], test: tuple[Matrix, Matrix], ranks: bool
) -> tuple[float, dict[str, Any]]:
    """The mean correlation of latents and representation in ``test``, as matched in ``train``."""
    known = correlations(*train, ranks=ranks)
    permutation = best_matching(np.abs(known))
    found = correlations(*test, ranks=ranks)
    signs = np.where(known < 0, -1.0, 1.0)
    terms = matched(signs * found, permutation)
    return float(terms.mean()), {
        "correlations": found,
        "permutation": permutation,
        "matched": terms,
        "partial": partial_correlations(*test, permutation),
        "effective_rank": effective_rank(test[1]),
        "single_direction_score": having.single_direction_score(test[0]),
    }


def partial_correlations(
    z: Matrix, h: Matrix, permutation: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Of each latent with its dimension, what the other matched dimensions tell taken off both.

    >>> z = np.array([[1.0, 1], [1, -1], [-1, 1], [-1, -1]])
    >>> code = z.mean(1, keepdims=True)  # of one direction: neither dimension adds to the other
    >>> partial_correlations(z, np.hstack([code, code]), np.array([0, 1])).tolist()
    [0.0, 0.0]
    """
    found = np.zeros(z.shape[1])
    for latent, dimension in enumerate(permutation):
        if dimension == UNMATCHED:
            continue
        pair = standardised(np.column_stack([z[:, latent], h[:, dimension]]))
        others = permutation[(permutation != dimension) & (permutation != UNMATCHED)]
        if len(others):
            rest = standardised(h[:, others])
            pair = pair - best_affine_map(rest, pair)(rest)
        lengths = np.linalg.norm(pair, axis=0)
        if lengths.min() > 1e-7 * np.sqrt(len(z)):
            found[latent] = pair[:, 0] @ pair[:, 1] / lengths.prod()
    return found
