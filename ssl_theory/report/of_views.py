"""What several views of each item tell: which directions they share."""

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ssl_theory.diagnostics.autocorrelations import (
    autocorrelation_edge,
    canonical_autocorrelations,
)
from ssl_theory.diagnostics.correlations import cross_correlations
from ssl_theory.diagnostics.lidar import corrected_lidar, discriminant_ratios, lidar
from ssl_theory.diagnostics.rank import hill_number
from ssl_theory.diagnostics.spectrum import spectrum
from ssl_theory.embeddings import drawn_rows
from ssl_theory.moments import Moments
from ssl_theory.nulls.jacobi import largest_ratio_p_value, noise_ratios
from ssl_theory.report.of_number import number, unit_of
from ssl_theory.report.value import Expectation, Measurement

__all__ = ["of_groups", "of_views"]

DIRECTIONS = 512  # at most, of which ratios of variances are taken
LEVEL = 0.01  # how often noise may show a direction
UNRELATED = "unrelated views"

Rows = NDArray[np.float64]


def of_views(z: Rows, w: Rows) -> list[Measurement]:
    """What two views of the same items share.

    Parameters
    ----------
    z, w
        Items ``(n, d)`` in float64, some thousands at most; row ``i`` of both is the same item.
    """
    views, note = _along_the_strongest(np.stack([z, w]))
    found = [*_lidar(views, note), *_autocorrelations(views, note), *_cross_correlations(z, w)]
    return [replace(m, group="Views") for m in found]


def of_groups(rows: Rows, groups: ArrayLike) -> list[Measurement]:
    """What the views of one item share that ``groups`` says are of it, as many of each.

    Parameters
    ----------
    rows
        Views ``(n, d)`` in float64, some thousands at most: whole groups.
    groups
        For each row, which item it is a view of; of any kind that can be sorted.
    """
    _, members, counts = np.unique(np.asarray(groups), return_inverse=True, return_counts=True)
    equal = bool(len(counts) > 1 and counts.min() == counts.max() > 1)
    if equal:
        order = np.argsort(members, kind="stable").reshape(len(counts), -1).T
        views, note = _along_the_strongest(rows[order])
    else:
        views, note = (
            None,
            (
                f"{len(counts):,} groups of {counts.min():,} to {counts.max():,} rows are not as "
                "many views, two or more, of each of several items"
            ),
        )
    return [
        replace(
            m,
            name=f"{m.name} of groups",
            convention=f"{m.convention}, views by groups",
            group="Views",
        )
        for m in _lidar(views, note)
    ]


def _along_the_strongest(views: Rows) -> tuple[Rows | None, str]:
    """Views ``(v, n, d)`` along the directions in which they vary, and a note; none if too many.

    Of noise, how much varies in which direction does not tell how that divides into variance
    between items and within: the strongest directions of *all* views together, taken about one
    mean, leave ratios the law they have. Those of a part of the views would not.
    """
    _, n, d = views.shape
    views = views - views[0, 0]  # exactly zero between equal items
    size = unit_of(views)
    moments = Moments.of(views.reshape(-1, d) / size)
    rank = spectrum(moments).resolved_rank
    keep = min(rank, DIRECTIONS)
    if not rank:
        return None, "All items coincide"
    if n <= keep:
        return None, f"{n:,} items are too few for {keep:,} directions"
    if keep == d:
        return views, ""
    axes = _axes(moments, keep)
    note = f"Of the {keep:,} {'strongest ' * (keep < rank)}directions that vary"
    return views @ axes, note


def _axes(moments: Moments, keep: int) -> Rows:
    """The strongest directions, as columns, through the smaller matrix."""
    if moments.items is None:
        return np.linalg.eigh(moments.covariance())[1][:, ::-1][:, :keep]
    rows = moments.items - moments.mean
    axes = rows.T @ np.linalg.eigh(rows @ rows.T)[1][:, ::-1][:, :keep]
    return axes / np.linalg.norm(axes, axis=0)


def _lidar(views: Rows | None, note: str) -> list[Measurement]:
    published = corrected = None
    nulls: list[Expectation | None] = [None, None]
    notes = [note, note]
    if views is not None:
        v, n, d = views.shape
        published = number(lambda: lidar(views))
        corrected = number(lambda: corrected_lidar(views, level=LEVEL))
        if published is None:
            notes[0] = "All items have the same mean of their views"
        else:
            noise = noise_ratios(n - 1, n * (v - 1), d, np.random.default_rng(0))
            nulls[0] = Expectation(UNRELATED, hill_number(noise[noise > 0] / noise.sum(), 1))
        if corrected is None:
            notes[1] = "In some direction views of an item do not differ at all"
        else:
            largest = float(discriminant_ratios(views)[0]) * v
            chance = largest_ratio_p_value(largest, n - 1, n * (v - 1), d)
            nulls[1] = Expectation(UNRELATED, 0.0, chance)
    return [
        Measurement(
            "LiDAR",
            published,
            "directions",
            "effective rank of the covariance of the means of views, in units of that within "
            "items plus 1e-4; as published",
            "directions that tell items apart; nearly as many as there are, if views are unrelated",
            notes[0],
            null=nulls[0],
        ),
        Measurement(
            "corrected LiDAR",
            corrected,
            "directions",
            f"of the ratios beyond the largest that noise has with chance {LEVEL:.0%}, less 1 / v "
            "for v views",
            "directions that tell items apart beyond chance; 0 if views are unrelated",
            notes[1],
            null=nulls[1],
        ),
    ]


def _autocorrelations(views: Rows | None, note: str) -> list[Measurement]:
    shared = largest = None
    nulls: list[Expectation | None] = [None, None]
    if views is not None:
        _, n, d = views.shape
        try:
            found = canonical_autocorrelations(*views, level=LEVEL)
        except ValueError:
            note = "Views vary in too few directions for their correlations"
        else:
            shared, largest = found.shared, float(found.values[0])
            odds = (1 + largest) / (1 - largest) * n / (n - 1) if largest < 1 else np.inf
            chance = largest_ratio_p_value(odds, n - 1, n, d)
            nulls[0] = Expectation(UNRELATED, 0.0, chance)
            nulls[1] = Expectation(UNRELATED, autocorrelation_edge(n, d), chance)
    return [
        Measurement(
            "shared directions",
            shared,
            "directions",
            f"canonical autocorrelations beyond the largest of unrelated views with chance "
            f"{LEVEL:.0%}",
            "how many directions the views share beyond chance, however weakly",
            note,
            null=nulls[0],
        ),
        Measurement(
            "largest autocorrelation",
            largest,
            "of 1",
            "of the covariance across views, in units of that within them, views in either order",
            "correlation of the two views along the direction they share most",
            note,
            null=nulls[1],
        ),
    ]


def _cross_correlations(z: Rows, w: Rows) -> list[Measurement]:
    diagonal = rest = None
    nulls: list[Expectation | None] = [None, None]
    d = z.shape[1]
    chosen = drawn_rows(np.arange(d), DIRECTIONS, seed=0)
    on = f"On {len(chosen):,} coordinates drawn without replacement, seed 0" * (len(chosen) < d)
    views = [_apart(x[:, chosen]) for x in (z, w)]
    varying = np.logical_and(*(np.any(x, axis=0) for x in views))
    note = "The views vary in fewer than 2 coordinates"
    if varying.sum() > 1:
        found = cross_correlations(*(x[:, varying] for x in views))
        diagonal, rest = found.diagonal, found.off_diagonal_mean_square
        nulls = [Expectation(UNRELATED, 0.0), Expectation(UNRELATED, found.expected)]
        left_out = int(np.sum(~varying))
        without = f"{left_out:,} constant coordinates left out" if left_out else ""
        note = "; ".join(filter(None, (on, without)))
    return [
        Measurement(
            "cross-view correlation",
            diagonal,
            "of 1",
            "of a coordinate with itself in the other view, on average",
            "1 if views agree; what Barlow Twins drives to 1",
            note,
            null=nulls[0],
        ),
        Measurement(
            "squared cross-view correlation",
            rest,
            "of 1",
            "of a coordinate with another in the other view, squared, on average",
            "0 if coordinates tell different things; what Barlow Twins drives to 0",
            note,
            null=nulls[1],
        ),
    ]


def _apart(rows: Rows) -> Rows:
    """Each coordinate about its mean and in units of its size; zero if it is constant."""
    varying = np.ptp(rows, axis=0) > 8 * np.finfo(np.float64).eps * np.abs(rows).max(0)
    apart = np.where(varying, rows - rows.mean(0), 0.0)
    return apart / np.where(varying, np.abs(apart).max(0), 1.0)
