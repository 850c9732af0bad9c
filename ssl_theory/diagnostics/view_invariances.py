"""What statistics of several views, or of items with labels, do not notice."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ssl_theory import diagnostics
from ssl_theory.diagnostics.invariances import Change, changed

__all__ = ["LABELLED", "MATCHED", "SIMILARITIES", "changed_views"]

Views = NDArray[np.float64]  # (views, items, dimensions)
Declared = tuple[Callable[..., float], frozenset[Change]]

S, R, T, U, L, D, C, P = Change  # SCALE, ROTATION, ... in their order there
ISOMETRIES = frozenset({S, R, T, C, P})


def changed_views(views: Views, change: Change, seed: int) -> Views:
    """All views after one change of that kind, the same for all.

    >>> changed_views(np.zeros((3, 4, 2)), Change.DUPLICATION, seed=0).shape
    (3, 8, 2)
    """
    v, n, d = views.shape
    flat = changed(views.reshape(v * n, d), change, seed)
    copies = flat.reshape(-1, v, n, flat.shape[1])
    return np.concatenate(list(copies), axis=1)


def _duality(v: Views) -> float:
    """Of the first view with the class means of the second: every third item is of a class."""
    means = np.stack([v[1, k::3].mean(0) for k in range(3)])
    return diagnostics.self_duality(v[0], np.arange(v.shape[1]) % 3, means - means.mean(0))


def _of_tokens(v: Views) -> float:
    return diagnostics.dense_structure(v, of_image=12, of_group=12).score()


MATCHED: Mapping[str, Declared] = {  # where all views change alike
    "alignment": (lambda v: diagnostics.alignment(v[0], v[1]), frozenset({S, R, L, D, C, P})),
    "correlations across": (
        lambda v: diagnostics.cross_correlations(v[0], v[1]).diagonal,
        frozenset({S, T, U, D, C, P}),
    ),
    "autocorrelations": (
        lambda v: diagnostics.canonical_autocorrelations(v[0], v[1]).values[0],
        frozenset({S, R, T, U, D}),
    ),
    "LiDAR": (lambda v: diagnostics.lidar(v, delta=0.0), frozenset({S, R, T, U, D})),
    "duality": (_duality, ISOMETRIES | {D}),
    "structure of tokens": (_of_tokens, frozenset({S, R})),
    "corrected LiDAR": (diagnostics.corrected_lidar, frozenset({S, R, T, U})),
    "ratios of variances": (
        lambda v: diagnostics.discriminant_ratios(v)[0],
        frozenset({S, R, T, U}),
    ),
}

SIMILARITIES: Mapping[str, Declared] = {  # where each view changes in its own way
    "CKA": (lambda z, w: diagnostics.cka(z, w, debiased=False), ISOMETRIES | {D}),
    "debiased CKA": (diagnostics.cka, ISOMETRIES),
    "canonical correlations": (
        lambda z, w: diagnostics.canonical_correlations(z, w)[0],
        ISOMETRIES | {U, D},
    ),
    "SVCCA": (lambda z, w: diagnostics.svcca(z, w, keep=0.9), ISOMETRIES | {D}),
    "projection-weighted CCA": (diagnostics.projection_weighted_cca, frozenset({S, T, D, C, P})),
    "Procrustes distance": (diagnostics.procrustes_distance, ISOMETRIES | {D}),
    "similarity of distances": (
        lambda z, w: diagnostics.representational_similarity(z, w, distance="euclidean"),
        ISOMETRIES,
    ),
    "DiME": (diagnostics.dime, ISOMETRIES),
}


def _of_classes(z: Any, labels: Any) -> float:
    return float(diagnostics.class_distance_normalised_variance(z, labels, debiased=False).sum())


LABELLED: Mapping[str, Declared] = {
    "tolerance": (diagnostics.tolerance, frozenset({S, R, L, C, P})),
    "variability within classes": (diagnostics.within_class_variability, ISOMETRIES | {D}),
    "distances of classes": (_of_classes, ISOMETRIES),
    "norms of classes": (
        lambda z, labels: diagnostics.equal_norms(z, labels, debiased=False),
        ISOMETRIES | {D},
    ),
    "angles of classes": (
        lambda z, labels: diagnostics.equal_angles(z, labels, debiased=False),
        ISOMETRIES | {D},
    ),
}
