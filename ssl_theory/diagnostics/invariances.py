"""Which changes of the embeddings a statistic does not notice: declared here, held to it by tests.

Knowing them is knowing what a statistic cannot see. What is not declared is refuted by a witness.
"""

import enum
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ssl_theory import diagnostics

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
    return diagnostics.participation_ratio(z, correction="none")


def _alpha(z: Any) -> float:
    return diagnostics.power_law(z, first=1).exponent


def _neighbours(statistic: Callable[..., Any]) -> Callable[[Any], float]:
    """The harmonic mean over distinct items."""
    return lambda z: float(1 / np.mean(1 / statistic(z, neighbours=8, duplicates="drop")))


INVARIANCES: Mapping[str, tuple[Callable[[Any], float], frozenset[Change]]] = {
    "effective rank": (diagnostics.effective_rank, frozenset({S, R, T, D, C, P})),
    "RankMe": (lambda z: diagnostics.rank_me(z, "exact"), frozenset({S, R, D, C, P})),
    "matrix entropy": (diagnostics.matrix_entropy, frozenset({S, R, D, C, P})),
    "rank of directions": (diagnostics.direction_rank, frozenset({S, R, T, D, C, P})),
    "Vendi score": (diagnostics.vendi_score, frozenset({S, R, L, D, C, P})),
    "RKE score": (diagnostics.rke_score, frozenset({S, R, T, C, P})),
    "participation ratio": (_plain_ratio, frozenset({S, R, T, D, C, P})),
    "unbiased participation ratio": (
        diagnostics.participation_ratio,
        frozenset({S, R, T, C, P}),
    ),
    "stable rank": (
        lambda z: diagnostics.effective_rank(z, order=np.inf),
        frozenset({S, R, T, D, C, P}),
    ),
    "IsoScore": (diagnostics.isoscore, frozenset({S, R, T, D})),
    "IsoScore*": (diagnostics.isoscore_star, frozenset({S, R, T, D})),
    "alpha-ReQ": (_alpha, frozenset({S, R, T, D, C, P})),
    "explained variance": (diagnostics.explained_variance_area, frozenset({S, R, L, D})),
    "variances": (lambda z: diagnostics.spectrum(z).eigenvalues[0], frozenset({R, T, P})),
    "numerical rank": (diagnostics.numerical_rank, frozenset({S, R, T, U, D, C, P})),
    "significance": (
        lambda z: diagnostics.significant_directions(z).p_values[-1],
        frozenset({S, R, T}),
    ),
    "condition number": (diagnostics.condition_number, frozenset({S, R, T, D})),
    "coding rate": (diagnostics.coding_rate, frozenset({R, D})),
    "sphericity gap": (diagnostics.sphericity_gap, frozenset({S, R, T, D})),
    "John's U": (lambda z: diagnostics.johns_test(z).u, frozenset({S, R, T, D})),
    "mean cosine": (diagnostics.mean_cosine, frozenset({S, R, L, C, P})),
    "self-cluster": (diagnostics.self_cluster, frozenset({S, R, L})),
    "tests of directions": (
        lambda z: diagnostics.sphere_tests(z).rayleigh,
        frozenset({S, R, L}),
    ),
    "deviation of coordinates": (
        lambda z: diagnostics.coordinate_deviation(z, ddof=0),
        frozenset({S, L, D}),
    ),
    "collapse level": (
        lambda z: diagnostics.collapse_level(z, ddof=0),
        frozenset({S, L, D, C}),
    ),
    "uniformity": (diagnostics.uniformity, frozenset({S, R, L, C, P})),
    "Wasserstein uniformity": (diagnostics.wasserstein_uniformity, frozenset({S, R, L, D})),
    "coherence": (diagnostics.coherence, frozenset({S, R, U, D, C, P})),
    "hubness": (lambda z: diagnostics.hubness(z, neighbours=3), frozenset({S, R, L, C, P})),
    "variation of lengths": (
        lambda z: diagnostics.lengths(z).variation,
        frozenset({S, R, D, C, P}),
    ),
    "off-diagonal correlation": (
        lambda z: diagnostics.off_diagonal_correlations(z).mean_square,
        frozenset({S, T, U, D, P}),
    ),
    "BHEP": (diagnostics.bhep, frozenset({S, R, T, U})),
    "discrepancy from a Gaussian": (diagnostics.gaussian_mmd, frozenset({R})),
    "sliced normality": (diagnostics.sliced_normality, frozenset()),
    "sliced Wasserstein": (diagnostics.sliced_wasserstein, frozenset({D})),
    "ratios of neighbours": (
        lambda z: diagnostics.gride(z, near=2, duplicates="drop").dimension,
        frozenset({S, R, T, D, C, P}),
    ),
    "two neighbours": (
        lambda z: diagnostics.two_nn(z, duplicates="drop"),
        frozenset({S, R, T, D, C, P}),
    ),
    "local dimension": (
        lambda z: diagnostics.intrinsic_dimension(z, neighbours=8, duplicates="drop"),
        frozenset({S, R, T, D, C, P}),
    ),
    "moments of neighbours": (
        _neighbours(diagnostics.moment_dimensions),
        frozenset({S, R, T, D, C, P}),
    ),
    "angles of neighbours": (
        _neighbours(diagnostics.angle_dimensions),
        frozenset({S, R, T, D, C, P}),
    ),
    "triangles of neighbours": (
        _neighbours(diagnostics.simplex_dimensions),
        frozenset({S, R, T, D, C, P}),
    ),
    "distances of neighbours": (
        _neighbours(diagnostics.tight_dimensions),
        frozenset({S, R, T, D, C, P}),
    ),
    "planes of neighbours": (
        lambda z: float(
            diagnostics.local_pca_dimensions(
                z, neighbours=12, rule="participation", duplicates="drop"
            ).mean()
        ),
        frozenset({S, R, T, D, C, P}),
    ),
    "entropy of neighbours": (
        lambda z: diagnostics.neighbour_entropy(z, duplicates="drop"),
        frozenset({R, T, D}),
    ),
    "growth of the tree": (
        lambda z: diagnostics.tree_dimension(z, repeats=20),
        frozenset({S, R, T, C, P}),
    ),
    "magnitude": (diagnostics.magnitude, frozenset({R, T, D, P})),
    "persistence": (diagnostics.total_persistence, frozenset({R, T, D, P})),
    "learnability of clusters": (
        lambda z: diagnostics.cluster_learnability(z, clusters=6),
        frozenset({S, R, T, C, P}),
    ),
    "curvature": (diagnostics.curvature, frozenset({S, R, T, C, P})),
}
