"""Whatever the items, a measurement is a finite number, or undefined with a reason."""

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssl_theory.diagnostics.intervals import exchangeable_blocks
from ssl_theory.report.of_labels import of_labels
from ssl_theory.report.of_neighbours import of_neighbours
from ssl_theory.report.of_reference import of_reference
from ssl_theory.report.of_shape import of_shape
from ssl_theory.report.of_sphere import of_sphere
from ssl_theory.report.of_units import of_units
from ssl_theory.report.of_views import of_groups, of_views


def everything(rows, labels=None):
    blocks = exchangeable_blocks(len(rows))
    labels = np.arange(len(rows)) % 3 if labels is None else labels
    return [
        *of_sphere(rows, blocks=blocks),
        *of_neighbours(rows),
        *of_shape(rows),
        *of_units(rows),
        *of_labels(rows, labels, blocks=blocks),
        *of_reference(rows, np.roll(rows, 1, axis=0)),
        *of_views(rows, np.roll(rows, 1, axis=0)),
        *of_groups(rows, labels),
    ]


def check(measurements):
    for m in measurements:
        if m.value is None:
            assert m.note and m.null is None and m.interval is None, m
        else:
            assert math.isfinite(m.value), m
        if m.null:
            assert math.isfinite(m.null.value), m
            assert m.null.p_value is None or 0 <= m.null.p_value <= 1, m
        if m.interval:
            assert m.interval.low <= m.interval.high, m
            assert m.interval.plug_in == pytest.approx(m.value, rel=1e-9), m


Z = np.random.default_rng(0).standard_normal((60, 5))
FLICKER = np.random.default_rng(0).integers(0, 2, (60, 5)) * np.finfo(float).eps
CASES = {
    "two items": Z[:2],
    "four items": Z[:4],
    "one dimension": Z[:, :1],
    "two items of one dimension": Z[:2, :1],
    "more dimensions than items": Z[:50].T,
    "one value": np.ones((60, 5)),
    "zero": np.zeros((60, 5)),
    "two values": np.repeat(Z[:2], 30, axis=0),
    "a line": Z[:, :1] * np.ones(5),
    "opposite signs": np.sign(Z[:, :1]),
    "duplicates": np.vstack([Z, Z]),
    "some zero rows": np.vstack([Z, np.zeros((3, 5))]),
    "one row that is not zero": np.eye(60)[:, :1] * np.ones(5),
    "constant columns": np.hstack([Z, np.full((60, 2), 0.1), np.zeros((60, 1))]),
    "all but one column constant": np.hstack([Z[:, :1], np.ones((60, 4))]),
    "a lattice": np.eye(60),
    "half a lattice": np.eye(60)[:30],
    "rounding": 1.0 + FLICKER,
    "tiny": Z * 1e-149,
    "huge": Z * 1e149,
    "far away": Z + 1e9,
    "rows of all sizes": Z * 10.0 ** np.linspace(-140, 140, 60)[:, None],
    "columns of all sizes": Z * 10.0 ** np.linspace(-140, 140, 5),
    "one tiny step": np.vstack([np.zeros((40, 5)), 1e-200 * Z[:20], Z[:1]]),
}


@pytest.mark.parametrize("rows", CASES.values(), ids=CASES)
def test_degenerate_items_are_measured_or_told_why_not(rows):
    check([*everything(rows), *of_views(rows, rows), *of_reference(rows[:, :1], rows)])


LABELS = {
    "one class": np.zeros(60),
    "all different": np.arange(60),
    "one class and single items": np.arange(60).clip(max=20),
    "pairs": np.arange(60) // 2,
    "all but one": np.arange(60) == 7,
    "words": np.array(["a", "b", "c"] * 20),
    "fractions and none": np.where(np.arange(60) % 3, 0.5, np.nan),
}


@pytest.mark.parametrize("labels", LABELS.values(), ids=LABELS)
@pytest.mark.parametrize("rows", [Z, np.ones((60, 5)), np.full((60, 1), 0.1), CASES["rounding"]])
def test_so_are_degenerate_labels(rows, labels):
    blocks = exchangeable_blocks(60)
    check(of_labels(rows, labels, blocks=blocks))


@settings(max_examples=12)  # a third of a second each
@given(
    st.integers(2, 40),
    st.integers(1, 6),
    st.integers(0, 6),
    st.sampled_from([1, 3, 30]),
    st.integers(0, 2**16),
)
def test_so_are_rounded_items_of_low_rank(n, d, rank, steps, seed):
    generator = np.random.default_rng(seed)
    rows = generator.standard_normal((n, rank)) @ generator.standard_normal((rank, d))
    check(everything(np.round(rows * steps) / steps))


def test_names_are_unique_and_conventions_are_said():
    found = everything(Z)
    assert Counter(m.name for m in found).most_common(1)[0][1] == 1
    assert all(m.convention and m.meaning for m in found)
    assert len({m.convention for m in found}) == len(found)
    nothing = everything(np.zeros((60, 5)))
    assert [(m.name, m.unit, m.convention) for m in nothing] == [
        (m.name, m.unit, m.convention) for m in found
    ]
