"""What labels find in embeddings that were made without them."""

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ssl_theory.diagnostics.classes import class_sums
from ssl_theory.diagnostics.nearest_mean import nearest_mean_agreement
from ssl_theory.diagnostics.neural_collapse import (
    class_distance_normalised_variance,
    equal_angles,
    equal_norms,
    within_class_variability,
)
from ssl_theory.diagnostics.tolerance import tolerance, tolerance_of_sums
from ssl_theory.diagnostics.unit_rows import unit_rows
from ssl_theory.nulls.isotropic import p_value
from ssl_theory.nulls.shuffled import shuffled_null
from ssl_theory.report.of_blocks import Blocks, interval
from ssl_theory.report.of_number import number, unit_of
from ssl_theory.report.of_shuffles import FEWEST, of_shuffles
from ssl_theory.report.value import Expectation, Measurement

__all__ = ["of_labels"]

NOTHING = "labels that mean nothing"
SUMMED = 2 * 10**8  # numbers to be added up for the null of the tolerance
SOLVED = 10**7  # numbers to be gone through for the null of the variability within classes
MOST = 99  # shuffles

Rows = NDArray[np.float64]
Labels = NDArray[np.intp]


def of_labels(rows: Rows, labels: ArrayLike, *, blocks: Blocks = ()) -> list[Measurement]:
    """How far items with one label are alike, beside what shuffled labels would show.

    Parameters
    ----------
    rows
        Items ``(n, d)`` in float64, some thousands at most.
    labels
        One for each, of any kind that can be sorted. Items that are alone in their class are left
        out: nothing tells how much such a class varies.
    blocks
        The rows of each exchangeable block, for intervals; without, there are none.
    """
    _, members, counts = np.unique(np.asarray(labels), return_inverse=True, return_counts=True)
    kept = counts[members] > 1
    alone = int(np.sum(~kept))
    note = f"{alone:,} items that are alone in their class left out" if alone else ""
    if len(np.unique(members[kept])) < 2:
        note = f"{np.sum(counts > 1)} of {len(counts):,} classes has two items or more"
        some = np.array([[1.0, 0.0], [1.0, 0.1], [0.0, 1.0], [0.1, 1.0]])
        others = of_labels(some, [0, 0, 1, 1])  # for the names and conventions
        return [replace(m, value=None, interval=None, null=None, note=note) for m in others]
    place = np.cumsum(kept) - 1
    left = (place[block[kept[block]]] for block in blocks)
    blocks = [block for block in left if len(block)]
    _, members = np.unique(members[kept], return_inverse=True)
    chosen = rows[kept]
    apart = chosen - chosen[0]  # exactly zero between equal items
    apart /= unit_of(apart)
    found = [
        _tolerance(chosen, members, blocks),
        _agreement(apart, members),
        _variability(apart, members),
        _distances(apart, members),
        *_simplex(apart, members),
    ]
    notes = ["; ".join(filter(None, (m.note, note))) for m in found]
    return [replace(m, note=n, group="Labels") for m, n in zip(found, notes, strict=True)]


def _tolerance(rows: Rows, members: Labels, blocks: Blocks) -> Measurement:
    zero = int(np.sum(~rows.any(1)))
    value = bounds = null = None
    if not zero:
        value = tolerance(rows, members, adjusted=True)
        units, counts = unit_rows(rows), np.bincount(members)
        total = class_sums(units, members, len(counts))

        def without(block: Labels) -> float:
            rest = counts - np.bincount(members[block], minlength=len(counts))
            return tolerance_of_sums(
                total - class_sums(units[block], members[block], len(counts)), rest, adjusted=True
            )

        bounds = interval(value, without, blocks)
        shuffled = shuffled_null(
            lambda z, of: tolerance_of_sums(class_sums(z, of, len(counts)), counts, adjusted=True),
            units,
            members,
            draws=int(np.clip(SUMMED // units.size, FEWEST, MOST)),
        )
        null = Expectation(NOTHING, 0.0, p_value(value, shuffled, larger=True))
    return Measurement(
        "tolerance",
        value,
        "of 1",
        "mean cosine of two items with the same label, less that of two with different ones",
        "how much more alike the directions of items are that belong together",
        f"{zero:,} items are zero and have no direction" if zero else "",
        bounds,
        null,
    )


def _agreement(rows: Rows, members: Labels) -> Measurement:
    found = nearest_mean_agreement(rows, members)
    return Measurement(
        "agreement with the nearest class",
        found.value,
        "of 1",
        "items of one half of each class, drawn with seed 0, that are nearest to the mean of their "
        "class's other half",
        "what a linear classifier without anything to tune gets right",
        f"On {found.held_out:,} items held out",
        null=Expectation(NOTHING, found.chance, found.p_value),
    )


def _variability(rows: Rows, members: Labels) -> Measurement:
    value = number(lambda: within_class_variability(rows, members))
    null = None
    if value is not None:
        affordable, measured = SOLVED / rows.size, within_class_variability
        null = of_shuffles(measured, rows, members, of=NOTHING, value=value, affordable=affordable)
    return Measurement(
        "variability within classes",
        value,
        "",
        "NC1: trace of the covariance within classes times the pseudo-inverse of that between "
        "their means, over the number of classes; as published",
        "0 if every class is a point; noise in the means of small classes lowers it, and the null "
        "with it",
        "" if value is not None else "All classes have the same mean",
        null=null,
    )


def _distances(rows: Rows, members: Labels) -> Measurement:
    pairs = class_distance_normalised_variance(rows, members)
    apart, middle = np.isfinite(pairs), number(lambda: np.median(pairs))
    note = f"{np.sum(~apart):,} of {len(pairs):,} pairs are no further apart than chance puts them"
    return Measurement(
        "variance by squared distance of classes",
        middle,
        "",
        "mean variance of two classes / squared distance of their means, debiased; the median over "
        "pairs of classes",
        "0 if classes are points; infinite, and here undefined, if labels mean nothing",
        "" if apart.all() else note,
    )


def _simplex(rows: Rows, members: Labels) -> list[Measurement]:
    few = len(np.unique(members)) < 3
    norms = None if few else number(lambda: equal_norms(rows, members))
    angles = None if few else number(lambda: equal_angles(rows, members))
    alike = "The mean of some class is no further from the middle than chance puts it"
    note = "Two classes always are a simplex" if few else alike
    return [
        Measurement(
            "inequality of class norms",
            norms,
            "of the mean",
            "NC2: coefficient of variation of the distances of class means from their mean, "
            "debiased",
            "0 for a regular simplex; undefined if labels mean nothing",
            note if norms is None else "",
        ),
        Measurement(
            "inequality of class angles",
            angles,
            "of 1",
            "NC2: mean |cosine + 1 / (C - 1)| of two of the C class means, seen from theirs, "
            "debiased",
            "0 for a regular simplex; undefined if labels mean nothing",
            note if angles is None else "",
        ),
    ]
