"""Which changes of the embeddings a statistic does not notice: declared here, held to it by tests.

Knowing them is knowing what a statistic cannot see. What is not declared is refuted by a witness.
"""

import enum
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ssl_theory.diagnostics.coding_rate import coding_rate
from ssl_theory.diagnostics.coherence import coherence
from ssl_theory.diagnostics.conditioning import condition_number
from ssl_theory.diagnostics.correlations import off_diagonal_correlations
from ssl_theory.diagnostics.decay import power_law
from ssl_theory.diagnostics.entropy import matrix_entropy
from ssl_theory.diagnostics.explained_variance import explained_variance_area
from ssl_theory.diagnostics.hubness import hubness
from ssl_theory.diagnostics.lengths import lengths
from ssl_theory.diagnostics.participation import isoscore, participation_ratio
from ssl_theory.diagnostics.rank import effective_rank
from ssl_theory.diagnostics.rank_me import rank_me
from ssl_theory.diagnostics.sphere import coordinate_deviation, mean_cosine, self_cluster
from ssl_theory.diagnostics.sphericity import johns_test, sphericity_gap
from ssl_theory.diagnostics.wasserstein import wasserstein_uniformity

__all__ = ["INVARIANCES", "Change", "changed"]


class Change(enum.Enum):
    """What may be done to embeddings without a statistic noticing."""

    SCALE = "all items in another unit of length"
    ROTATION = "other axes"
    TRANSLATION = "another origin"
    UNITS = "each coordinate in a unit of its own"
    LENGTHS = "each item at another length"
    DUPLICATION = "every item twice"
    CLONING = "every coordinate twice"
    PADDING = "coordinates that are always zero"


S, R, T, U, L, D, C, P = Change  # SCALE, ROTATION, ... in their order above


def changed(z: NDArray[np.float64], change: Change, seed: int) -> NDArray[np.float64]:
    """The embeddings after one change of that kind, drawn from the seed.

    >>> changed(np.eye(2), Change.CLONING, seed=0).shape
    (2, 4)
    """
    (n, d), generator = z.shape, np.random.default_rng(seed)
    if change is Change.SCALE:
        return z * 2 ** generator.uniform(1, 3)
    if change is Change.ROTATION:
        return z @ np.linalg.qr(generator.standard_normal((d, d)))[0]
    if change is Change.TRANSLATION:
        return z + z.std() * generator.choice([-1, 1], d) * generator.uniform(1, 2, d)
    if change is Change.UNITS:
        return z * 2 ** generator.uniform(-2, 2, d)
    if change is Change.LENGTHS:
        return z * 2 ** generator.uniform(-2, 2, (n, 1))
    if change is Change.DUPLICATION:
        return np.vstack([z, z])
    return np.hstack([z, z if change is Change.CLONING else np.zeros((n, 1))])


def _plain_ratio(z: Any) -> float:
    return participation_ratio(z, correction="none")


def _alpha(z: Any) -> float:
    return power_law(z, first=1).exponent


INVARIANCES: Mapping[str, tuple[Callable[[Any], float], frozenset[Change]]] = {
    "effective rank": (effective_rank, frozenset({S, R, T, D, C, P})),
    "RankMe": (lambda z: rank_me(z, "exact"), frozenset({S, R, D, C, P})),
    "matrix entropy": (matrix_entropy, frozenset({S, R, D, C, P})),
    "participation ratio": (_plain_ratio, frozenset({S, R, T, D, C, P})),
    "unbiased participation ratio": (participation_ratio, frozenset({S, R, T, C, P})),
    "stable rank": (lambda z: effective_rank(z, order=np.inf), frozenset({S, R, T, D, C, P})),
    "IsoScore": (isoscore, frozenset({S, R, T, D})),
    "alpha-ReQ": (_alpha, frozenset({S, R, T, D, C, P})),
    "explained variance": (explained_variance_area, frozenset({S, R, L, D})),
    "condition number": (condition_number, frozenset({S, R, T, D})),
    "coding rate": (coding_rate, frozenset({R, D})),
    "sphericity gap": (sphericity_gap, frozenset({S, R, T, D})),
    "John's U": (lambda z: johns_test(z).u, frozenset({S, R, T, D})),
    "mean cosine": (mean_cosine, frozenset({S, R, L, C, P})),
    "self-cluster": (self_cluster, frozenset({S, R, L})),
    "deviation of coordinates": (
        lambda z: coordinate_deviation(z, ddof=0),
        frozenset({S, L, D}),
    ),
    "Wasserstein uniformity": (wasserstein_uniformity, frozenset({S, R, L, D})),
    "coherence": (coherence, frozenset({S, R, U, D, C, P})),
    "hubness": (lambda z: hubness(z, neighbours=3), frozenset({S, R, L, C, P})),
    "variation of lengths": (lambda z: lengths(z).variation, frozenset({S, R, D, C, P})),
    "off-diagonal correlation": (
        lambda z: off_diagonal_correlations(z).mean_square,
        frozenset({S, T, U, D, P}),
    ),
}
