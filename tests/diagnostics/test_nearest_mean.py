"""The nearest mean of a class foretells labels as well as geometry lets it, and no better."""

import math

import numpy as np
import pytest
from scipy.stats import norm

from ssl_theory.diagnostics.nearest_mean import nearest_mean_agreement


def test_two_gaussians_are_told_apart_as_often_as_theory_says():
    generator = np.random.default_rng(0)
    labels = np.arange(20_000) % 2
    z = generator.standard_normal((20_000, 1)) + 2.0 * labels[:, None]
    found = nearest_mean_agreement(z, labels)
    truth = norm.cdf(1.0)
    assert found.held_out == 10_000
    assert abs(found.value - truth) < 4 * math.sqrt(truth * (1 - truth) / 10_000)
    assert found.p_value == 0.001


def test_labels_that_mean_nothing_agree_by_chance():
    generator = np.random.default_rng(0)
    found = [
        nearest_mean_agreement(
            generator.standard_normal((60, 3)), generator.choice(3, 60, p=[0.6, 0.2, 0.2])
        )
        for _ in range(100)
    ]
    excess = np.array([f.value - f.chance for f in found])
    assert abs(excess.mean()) < 4 * excess.std(ddof=1) / 10
    # A value in steps of 1 / 30: a p-value of at most 5 % comes no more often than that.
    assert np.sum([f.p_value <= 0.05 for f in found]) <= 100 * 0.05 + 4 * math.sqrt(100 * 0.0475)
    assert np.sum([f.p_value <= 0.5 for f in found]) > 30


def test_a_class_is_foretold_by_its_other_half_only():
    # Every item is its own place: nearest to itself, were it not held out.
    z = np.eye(40)
    found = nearest_mean_agreement(z, np.arange(40) // 4)
    assert found.held_out == 20
    assert found.value < 0.5


@pytest.mark.parametrize("offset", [0.0, 1e6])
def test_place_and_order_of_labels_do_not_matter(offset):
    generator = np.random.default_rng(0)
    labels = generator.integers(0, 4, 100)
    z = generator.standard_normal((100, 3)) + np.eye(4)[labels][:, :3]
    one = nearest_mean_agreement(z + offset, labels)
    assert one.value == nearest_mean_agreement(z, np.array(list("abcd"))[labels]).value
