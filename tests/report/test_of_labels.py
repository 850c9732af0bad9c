"""Labels are judged against labels that mean nothing."""

import math
from functools import cache

import numpy as np
import pytest
from scipy.stats import kstest

from ssl_theory.diagnostics import neural_collapse
from ssl_theory.diagnostics.intervals import exchangeable_blocks, jackknife
from ssl_theory.diagnostics.nearest_mean import nearest_mean_agreement
from ssl_theory.diagnostics.tolerance import tolerance
from ssl_theory.report.of_labels import of_labels


def measured(rows, labels, **given):
    return {m.name: m for m in of_labels(rows, labels, **given)}


def noise(seed, n=80, d=4, classes=4):
    generator = np.random.default_rng(seed)
    return generator.standard_normal((n, d)) + 0.5, generator.integers(0, classes, n)


def simplex(seed, n=800, classes=4, spread=0.3):
    labels = np.arange(n) % classes
    rows = np.random.default_rng(seed).standard_normal((n, classes)) * spread
    return rows + np.eye(classes)[labels], labels


@cache
def of_noise():
    return [measured(*noise(seed, n=100, classes=8)) for seed in range(40)]


def test_values_are_those_of_the_diagnostics():
    rows, labels = simplex(0)
    pairs = neural_collapse.class_distance_normalised_variance(rows, labels)
    expected = {
        "tolerance": tolerance(rows, labels, adjusted=True),
        "agreement with the nearest class": nearest_mean_agreement(rows, labels).value,
        "variability within classes": neural_collapse.within_class_variability(rows, labels),
        "variance by squared distance of classes": np.median(pairs),
        "inequality of class norms": neural_collapse.equal_norms(rows, labels),
        "inequality of class angles": neural_collapse.equal_angles(rows, labels),
    }
    found = {name: m.value for name, m in measured(rows, labels).items()}
    assert found == pytest.approx(expected, rel=1e-9)


def test_classes_at_the_corners_of_a_simplex_are_seen_as_such():
    rows, labels = simplex(1)
    found = measured(rows, labels)
    assert found["tolerance"].null.p_value == 0.01  # the smallest of 99 shuffles
    assert found["agreement with the nearest class"].null.p_value == 0.001
    assert found["variability within classes"].null.p_value == 0.05  # of 19
    # Four coordinates of variance 0.09, corners at squared distance 2.
    assert found["variance by squared distance of classes"].value == pytest.approx(0.18, rel=0.1)
    assert found["inequality of class norms"].value < 0.05
    assert found["inequality of class angles"].value < 0.05


def test_p_values_of_labels_that_mean_nothing_are_uniform():
    for name in ("tolerance", "variability within classes"):
        chances = [f[name].null.p_value for f in of_noise()]
        assert kstest(chances, "uniform").pvalue > 1e-3


@pytest.mark.parametrize("name", ["tolerance", "variability within classes"])
def test_labels_that_mean_nothing_meet_the_null(name):
    found = [of_items[name] for of_items in of_noise()]
    apart = np.array([m.value - m.null.value for m in found])
    assert abs(apart.mean()) < 4 * apart.std(ddof=1) / math.sqrt(40)


def test_intervals_are_those_of_leaving_rows_out():
    rows, labels = simplex(2, n=120)
    blocks = exchangeable_blocks(120)
    found = measured(rows, labels, blocks=blocks)["tolerance"]
    # The label travels as one more coordinate.
    parts = [np.column_stack([rows, labels])[block] for block in blocks]
    expected = jackknife(
        lambda x: tolerance(x[:, :-1], x[:, -1], adjusted=True), parts, logarithmic=False
    )
    interval = found.interval
    assert (interval.low, interval.high) == pytest.approx((expected.low, expected.high), rel=1e-9)
    assert interval.plug_in == pytest.approx(found.value, rel=1e-12)


def test_items_alone_in_their_class_are_left_out_of_values_and_blocks():
    rows, labels = simplex(0, n=120)
    more = np.vstack([np.full((2, 4), 9.0), rows])
    blocks = exchangeable_blocks(120)
    one = measured(rows, labels, blocks=blocks)
    other = measured(
        more, np.concatenate([[7, 8], labels]), blocks=[np.arange(2), *(b + 2 for b in blocks)]
    )
    for name, m in other.items():
        assert m.value == pytest.approx(one[name].value, rel=1e-9)
        assert m.note.endswith("2 items that are alone in their class left out")
    bounds = [found["tolerance"].interval for found in (one, other)]
    assert bounds[0].low == pytest.approx(bounds[1].low, rel=1e-9)
    assert [b.blocks for b in bounds] == [20, 20]


def test_labels_may_be_words():
    rows, labels = simplex(0)
    words = np.array(["cat", "dog", "hen", "owl"])[labels]
    assert [m.value for m in of_labels(rows, words)] == [m.value for m in of_labels(rows, labels)]


def test_two_classes_always_are_a_simplex():
    rows, labels = simplex(0, classes=2)
    found = measured(rows, labels)["inequality of class angles"]
    assert (found.value, found.note) == (None, "Two classes always are a simplex")


def test_says_how_many_classes_chance_could_have_put_there():
    found = measured(*noise(0, n=300, d=300, classes=10))["variance by squared distance of classes"]
    assert "pairs are no further apart than chance puts them" in found.note
