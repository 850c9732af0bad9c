"""What embeddings have in common with those of the same items by another encoder."""

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ssl_theory.diagnostics.canonical import canonical_correlations
from ssl_theory.diagnostics.cka import cka, independence_p_value
from ssl_theory.diagnostics.participation import participation_ratio
from ssl_theory.diagnostics.procrustes import procrustes_distance
from ssl_theory.diagnostics.rsa import representational_similarity
from ssl_theory.embeddings import drawn_rows
from ssl_theory.nulls.isotropic import p_value
from ssl_theory.nulls.pillai import shared_variance_p_value
from ssl_theory.nulls.shuffled import shuffled_null
from ssl_theory.nulls.wachter import independent_correlations
from ssl_theory.report.of_number import number, unit_of
from ssl_theory.report.of_shuffles import of_shuffles
from ssl_theory.report.value import Expectation, Measurement

__all__ = ["of_reference"]

GROUP = "Reference"
UNRELATED = "unrelated representations"
KEPT = 0.99  # of the variance, of which canonical correlations are taken
DIRECTIONS = 256  # at most
FEWER = 2048  # items that canonical correlations are of, and all else if products are large,
FEWEST_ITEMS = 1024  # or larger still
WIDE, WIDER = 2**18, 2**20  # products of the dimensions beyond which they are
RANKED = 512  # items that all pairs are of
SHUFFLED = 192, 2**24  # items and numbers of products for one of the shuffles
DRAWS = 99
SOLVED = 10**9  # numbers to be gone through for a null
SPREAD = 100  # product of the effective dimensions from which on Student's law will do

Rows = NDArray[np.float64]


def of_reference(rows: Rows, reference: Rows) -> list[Measurement]:
    """How alike two representations of the same items are.

    Parameters
    ----------
    rows, reference
        Items ``(n, d)`` in float64, some thousands at most; row ``i`` of both is the same item,
        and the dimensions may differ.
    """
    product = rows.shape[1] * reference.shape[1]
    count = len(rows) if product <= WIDE else FEWER if product <= WIDER else FEWEST_ITEMS
    one, other = (drawn_rows(x, count, seed=0) for x in (rows, reference))
    z, w = (_turned(_centred(x)) for x in (one, other))
    found = [_cka(z, w), _procrustes(z, w)]
    if len(one) < len(rows):
        on = f"On {len(one):,} items"
        found = [replace(m, note="; ".join(filter(None, (on, m.note)))) for m in found]
    return [*found, *_canonical(z, w), _similarity(one, other)]


def _cka(z: Rows, w: Rows) -> Measurement:
    value = number(lambda: cka(z, w))
    chance, note = None, "Items vary too little, or are too few, for an estimate without bias"
    if value is not None:
        chance, note = _independence(z, w, value)
    return Measurement(
        "CKA",
        value,
        "of 1",
        "linear centred kernel alignment, debiased, means removed",
        "1 if inner products of items agree but for their scale; strong directions decide",
        note,
        null=None if value is None else Expectation(UNRELATED, 0.0, chance),
        group=GROUP,
    )


def _independence(z: Rows, w: Rows, value: float) -> tuple[float | None, str]:
    """The p-value of the debiased alignment, and of which items it is."""
    spread = number(lambda: participation_ratio(z) * participation_ratio(w))
    if spread is not None and spread >= SPREAD:
        return independence_p_value(value, len(z)), ""
    fewest, products = SHUFFLED
    sizes = (min(x.shape[1], fewest) for x in (z, w))
    count = max(fewest, products // math.prod(sizes))
    one, other = (_turned(drawn_rows(x, count, seed=0)) for x in (z, w))
    part = number(lambda: cka(one, other))
    if part is None:
        return None, ""
    null = shuffled_null(cka, one, other, draws=DRAWS)
    note = f"The p-value is of {DRAWS} shuffles of {len(one):,} items"
    return p_value(part, null, larger=True), note


def _turned(rows: Rows) -> Rows:
    """The same inner products in no more dimensions than there are items."""
    return rows if rows.shape[1] <= len(rows) else np.asarray(np.linalg.qr(rows.T, mode="r")).T


def _canonical(z: Rows, w: Rows) -> list[Measurement]:
    parts = [_strongest(drawn_rows(x, FEWER, seed=0)) for x in (z, w)]
    (n, first), (_, second) = (x.shape for x in parts)
    share = f"as hold {KEPT:.0%} of the variance, at most {DIRECTIONS} or a quarter of the items"
    mean: tuple[float | None, Expectation | None] = None, None
    square: tuple[float | None, Expectation | None] = None, None
    note = "Items of one representation coincide" if n > 4 else f"{n} items are too few"
    if min(first, second) > 0:
        found = canonical_correlations(*parts)
        null = independent_correlations(n - 1, first, second, np.random.default_rng(0))
        value = float(np.mean(found**2))
        chance = shared_variance_p_value(value, n - 1, first, second)
        mean = float(found.mean()), Expectation(UNRELATED, float(null.mean()))
        square = value, Expectation(UNRELATED, max(first, second) / (n - 1), chance)
        note = f"Of {first:,} and {second:,} directions of {n:,} items"
    return [
        Measurement(
            "SVCCA",
            mean[0],
            "of 1",
            f"mean canonical correlation of as many of the strongest directions {share}",
            "1 if the strong directions of one are a linear map of those of the other",
            note,
            null=mean[1],
            group=GROUP,
        ),
        Measurement(
            "mean squared canonical correlation",
            square[0],
            "of 1",
            f"of as many of the strongest directions {share}",
            "variance that the weaker representation shares, all its directions counting alike",
            note,
            null=square[1],
            group=GROUP,
        ),
    ]


def _strongest(rows: Rows) -> Rows:
    """Coordinates of centred items along their strongest directions."""
    n, d = rows.shape
    rows = rows - rows.mean(0)
    values, axes = np.linalg.eigh(rows.T @ rows if d <= n else rows @ rows.T)
    values, axes = values[::-1].clip(min=0), axes[:, ::-1]
    if not values[0] > 0:
        return np.empty((n, 0))
    shares = np.cumsum(values) / values.sum()
    enough = int(np.searchsorted(shares, KEPT * (1 - 1e-12))) + 1
    keep = min(enough, DIRECTIONS, (n - 1) // 4)
    return rows @ axes[:, :keep] if d <= n else axes[:, :keep] * np.sqrt(values[:keep])


def _procrustes(z: Rows, w: Rows) -> Measurement:
    value = number(lambda: procrustes_distance(z, w))
    null = None
    if value is not None:
        cost = z.size * w.shape[1] + 15 * min(z.shape[1], w.shape[1]) ** 3
        affordable, measured = SOLVED / cost, procrustes_distance
        null = of_shuffles(measured, z, w, of=UNRELATED, value=value, affordable=affordable)
    return Measurement(
        "Procrustes distance",
        value,
        "of 1",
        "1 - nuclear norm of the product / product of the norms, means removed",
        "0 if one is a rotation of the other, but for shift and scale; less than 1 by chance",
        "" if value is not None else "Items of one representation coincide",
        null=null,
        group=GROUP,
    )


def _similarity(rows: Rows, reference: Rows) -> Measurement:
    one, other = (drawn_rows(x / unit_of(x), RANKED, seed=0) for x in (rows, reference))
    value = number(lambda: representational_similarity(one, other))
    undefined = "Some items are alike in all dimensions, or all pairs equally distant"
    return Measurement(
        "representational similarity",
        value,
        "of 1",
        "rank correlation of the correlation distances of all pairs, means kept",
        "1 if both order pairs of items alike from near to far",
        undefined if value is None else f"On {len(one):,} items",
        null=None if value is None else Expectation(UNRELATED, 0.0),
        group=GROUP,
    )


def _centred(rows: Rows) -> Rows:
    apart = rows - rows[0]  # exactly zero between equal items
    apart /= unit_of(apart)
    return apart - apart.mean(0) if apart.any() else apart
