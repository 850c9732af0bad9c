"""Collapse of every kind, planted into embeddings that are healthy: the same severities anywhere.

Damage is done to what is seen and not to an encoder, so that what it ought to do is exact. What
lives in the space of the embeddings (views, predictions) is damaged as they are.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.optimize import brentq

from ssl_theory.collapse.cells import cells
from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.observation import Observation

__all__ = ["SEVERITY", "plant"]

Rows = NDArray[np.floating]

SEVERITY = {
    Kind.COMPLETE: "distances from the mean shrink to 1 - s",
    Kind.DIMENSIONAL: "variances fall off with their rank until their participation ratio is "
    "1 - s of what it was, at equal trace",
    Kind.TAIL: "along the weakest quarter of directions, spreads shrink to 1 - s",
    Kind.CLUSTER: "each item moves s of the way to the nearest of 8 centroids",
    Kind.PARTIAL_PROTOTYPE: "a share s of prototypes becomes a copy of one of the others",
    Kind.CODEBOOK: "a share s of codes is never used, and others take their items",
    Kind.DEAD_UNITS: "a share s of units is 0 for every item",
    Kind.PREDICTOR_IDENTITY: "predictions move s of the way to their inputs",
    Kind.SPLIT: "dimensional collapse of severity s, and the backbone stays as it was",
    Kind.TEMPORAL: "each item moves s of the way to the mean of its trajectory",
    Kind.TOKEN: "each token moves s of the way to the mean of its item",
    Kind.LOCAL: "about the centroid of some 32 items, a share s of directions vanishes: which "
    "ones differs, so that none does everywhere",
    Kind.AUGMENTATION: "a share s of the variance becomes noise, drawn for each view by itself",
    Kind.MEAN_DRIFT: "a constant is added until the share of variance in the mean square is "
    "1 - s of what it was",
    Kind.NUMERIC: "a share s of items overflows",
}
"""What severity ``s`` means, from 0 (nothing happens) up to 1."""


def plant(kind: Kind, severity: float, seen: Observation, *, seed: int = 0) -> Observation:
    """The same observation, had its encoder collapsed so far.

    >>> seen = Observation.of([[0.0, 2.0], [4.0, 2.0]])
    >>> plant(Kind.COMPLETE, 0.5, seen).z.tolist()
    [[1.0, 2.0], [3.0, 2.0]]
    """
    if not 0 <= severity <= 1:
        raise ValueError(f"`severity` must lie between 0 and 1, got {severity}. Use 0.3.")
    return _PLANTED[kind](seen, severity, np.random.default_rng(seed)) if severity else seen


def _everywhere(seen: Observation, damage: Callable[[Rows], Rows]) -> Observation:
    return replace(
        seen,
        z=damage(seen.z),
        views=None if seen.views is None else damage(seen.views),
        predictions=None if seen.predictions is None else damage(seen.predictions),
    )


def _also_there(seen: Observation, damage: Callable[[Rows], Rows]) -> Observation:
    return seen if seen.backbone is None else replace(seen, backbone=damage(seen.backbone))


def _complete(seen: Observation, s: float, _: Generator) -> Observation:
    def shrunk(rows: Rows, mean: Rows) -> Rows:
        return mean + (1 - s) * (rows - mean)

    damaged = _everywhere(seen, lambda rows: shrunk(rows, seen.z.mean(0)))
    return _also_there(damaged, lambda rows: shrunk(rows, rows.mean(0)))


def _along_axes(z: Rows, factors: Callable[[Rows], Rows]) -> Callable[[Rows], Rows]:
    """Stretch along the principal axes of ``z``, by factors of its spreads, strongest first."""
    mean = z.mean(0)
    variances, axes = np.linalg.eigh(np.cov(z.T))
    stretch = factors(np.sqrt(variances[::-1].clip(min=0)))
    onto = axes[:, ::-1] * stretch @ axes[:, ::-1].T
    return lambda rows: mean + (rows - mean) @ onto


def _sharpening(s: float) -> Callable[[Rows], Rows]:
    def factors(spreads: Rows) -> Rows:
        variances, ranks = spreads**2, np.linspace(0, 1, len(spreads))

        def participation(steepness: float) -> float:
            tilted = variances * np.exp(-steepness * ranks)
            return tilted.sum() ** 2 / np.square(tilted).sum()

        wanted = max(1.0, (1 - s) * participation(0.0))
        steepness = brentq(lambda b: participation(b) - wanted * (1 + 1e-9), 0.0, 1e4)
        fall = np.exp(-steepness * ranks)
        return np.sqrt(fall * variances.sum() / (variances * fall).sum())

    return factors


def _split(seen: Observation, s: float, _: Generator) -> Observation:
    return _everywhere(seen, _along_axes(seen.z, _sharpening(s)))


def _dimensional(seen: Observation, s: float, generator: Generator) -> Observation:
    damaged = _split(seen, s, generator)
    return _also_there(damaged, lambda rows: _along_axes(rows, _sharpening(s))(rows))


def _tail(seen: Observation, s: float, _: Generator) -> Observation:
    def factors(spreads: Rows) -> Rows:
        weakest = np.arange(len(spreads)) >= 3 * len(spreads) / 4
        return np.where(weakest, 1 - s, 1.0)

    return _everywhere(seen, _along_axes(seen.z, factors))


def _cells(z: Rows, number: int, generator: Generator) -> NDArray[np.intp]:
    """Around centroids, from items drawn at random; an item's views are in its cell."""
    starts = z[generator.choice(len(z), min(number, len(z)), replace=False)]
    return np.unique(cells(z, starts, 25)[1], return_inverse=True)[1]


def _means(rows: Rows, groups: NDArray[np.intp]) -> Rows:
    """Of the group that each row is in."""
    return np.stack([rows[groups == group].mean(0) for group in range(groups.max() + 1)])[groups]


def _cluster(seen: Observation, s: float, generator: Generator) -> Observation:
    which = _cells(seen.z, 8, generator)
    return _everywhere(seen, lambda rows: rows + s * (_means(rows, which) - rows))


def _local(seen: Observation, s: float, generator: Generator) -> Observation:
    z, d = seen.z, seen.z.shape[1]
    which = _cells(z, max(2, len(z) // 32), generator)
    left = max(1, round((1 - s) * d))
    residuals = z - _means(z, which)
    variances, axes = np.linalg.eigh(residuals.T @ residuals / len(z))
    spreads = np.sqrt(variances.clip(min=1e-12 * variances.max()))
    # In coordinates in which residuals are even, so that all cells together keep their spectrum.
    white, back = axes / spreads, (axes * spreads).T
    frames = np.linalg.qr(generator.standard_normal((which.max() + 1, d, left)))[0]
    frames *= (d / left) ** 0.25

    def flattened(rows: Rows) -> Rows:
        means = _means(rows, which)
        even = ((rows - means) @ white)[:, None]
        kept = even @ frames[which] @ frames[which].transpose(0, 2, 1)
        return means + kept[:, 0] @ back

    return _everywhere(seen, flattened)


def _temporal(seen: Observation, s: float, _: Generator) -> Observation:
    trajectories = _given(seen.trajectories, "trajectories")
    codes = np.unique(trajectories, return_inverse=True)[1]
    return _everywhere(seen, lambda rows: rows + s * (_means(rows, codes) - rows))


def _token(seen: Observation, s: float, _: Generator) -> Observation:
    tokens = _given(seen.tokens, "tokens")
    return replace(seen, tokens=tokens + s * (tokens.mean(1, keepdims=True) - tokens))


def _augmentation(seen: Observation, s: float, generator: Generator) -> Observation:
    _given(seen.views, "views")
    z, mean = seen.z, seen.z.mean(0)

    def noisy(rows: Rows) -> Rows:
        # Sums of all items with random weights have their covariance, whatever it is.
        noise = generator.standard_normal((len(rows), len(z))) @ (z - mean) / np.sqrt(len(z) - 1)
        return mean + np.sqrt(1 - s) * (rows - mean) + np.sqrt(s) * noise

    return _everywhere(seen, noisy)


def _mean_drift(seen: Observation, s: float, generator: Generator) -> Observation:
    mean = seen.z.mean(0)
    variance = seen.moments.total_variance
    square = variance + mean @ mean
    step = generator.standard_normal(len(mean))
    if mean.any() and len(mean) > 1:
        step -= (step @ mean) / (mean @ mean) * mean
    step *= np.sqrt(square / max(1 - s, 1e-9) - square) / np.linalg.norm(step)
    return _everywhere(seen, lambda rows: rows + step)


def _numeric(seen: Observation, s: float, generator: Generator) -> Observation:
    z = seen.z.copy()
    z[_some(len(z), s, generator)] = np.inf
    return replace(seen, z=z)


def _dead_units(seen: Observation, s: float, generator: Generator) -> Observation:
    units = _given(seen.units, "units").copy()
    units[:, _some(units.shape[1], s, generator)] = 0.0
    return replace(seen, units=units)


def _codebook(seen: Observation, s: float, generator: Generator) -> Observation:
    codes = _given(seen.assignments, "assignments").copy()
    soft = codes.ndim == 2
    number = codes.shape[1] if soft else seen.codes or int(codes.max()) + 1
    lost = _some(number, min(s, 1 - 1 / number), generator)
    left = np.setdiff1d(np.arange(number), lost)
    if not soft:
        moved = np.isin(codes, lost)
        codes[moved] = generator.choice(left, moved.sum())
        return replace(seen, assignments=codes)
    codes[:, lost] = 0.0
    codes[codes.sum(1) == 0, left[0]] = 1.0
    return replace(seen, assignments=codes / codes.sum(1, keepdims=True))


def _partial_prototype(seen: Observation, s: float, generator: Generator) -> Observation:
    prototypes = _given(seen.prototypes, "prototypes").copy()
    copies = _some(len(prototypes), min(s, 1 - 1 / len(prototypes)), generator)
    originals = np.setdiff1d(np.arange(len(prototypes)), copies)
    prototypes[copies] = prototypes[generator.choice(originals, len(copies))]
    return replace(seen, prototypes=prototypes)


def _predictor_identity(seen: Observation, s: float, _: Generator) -> Observation:
    predictions = _given(seen.predictions, "predictions")
    return replace(seen, predictions=(1 - s) * predictions + s * seen.z)


def _some(number: int, share: float, generator: Generator) -> NDArray[np.intp]:
    return generator.choice(number, round(share * number), replace=False)


def _given(what: NDArray | None, name: str) -> NDArray:
    if what is None:
        raise ValueError(f"`seen` must hold {name} to damage them, got none. Observe them, too.")
    return what


_PLANTED: dict[Kind, Callable[[Observation, float, Generator], Observation]] = {
    Kind.COMPLETE: _complete,
    Kind.DIMENSIONAL: _dimensional,
    Kind.TAIL: _tail,
    Kind.CLUSTER: _cluster,
    Kind.PARTIAL_PROTOTYPE: _partial_prototype,
    Kind.CODEBOOK: _codebook,
    Kind.DEAD_UNITS: _dead_units,
    Kind.PREDICTOR_IDENTITY: _predictor_identity,
    Kind.SPLIT: _split,
    Kind.TEMPORAL: _temporal,
    Kind.TOKEN: _token,
    Kind.LOCAL: _local,
    Kind.AUGMENTATION: _augmentation,
    Kind.MEAN_DRIFT: _mean_drift,
    Kind.NUMERIC: _numeric,
}
