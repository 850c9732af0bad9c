"""The nearest-neighbour entropy is the number that spreads embeddings, without its n^2 memory."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import polygamma

from ssl_theory.checks.strategies import embeddings
from ssl_theory.diagnostics.neighbour_entropy import neighbour_entropy
from ssl_theory.uniformity import KozachenkoLeonenko


@given(embeddings(), st.integers(1, 3))
def test_it_is_the_uniformity_to_rounding(z, k):
    k = min(k, len(z) - 1)
    expected = KozachenkoLeonenko(k).entropy(z, given=z).item()
    assert neighbour_entropy(z, neighbours=k) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("d", [1, 2, 4])
def test_a_gaussian_has_its_entropy(d):
    n, k = 2000, 3
    z = np.random.default_rng(0).standard_normal((n, d))
    error = math.sqrt((d / 2 + polygamma(1, k)) / n)
    assert error < 0.05
    expected = d / 2 * math.log(2 * math.pi * math.e)
    assert abs(neighbour_entropy(z, neighbours=k) - expected) < 5 * error


@given(embeddings(), st.floats(0.01, 100), st.floats(-10, 10))
def test_a_unit_of_length_adds_its_logarithm_for_each_dimension(z, scale, constant):
    expected = neighbour_entropy(z, neighbours=2) + z.shape[1] * math.log(scale)
    assert neighbour_entropy(scale * z + constant, neighbours=2) == pytest.approx(
        expected, abs=1e-6
    )


def test_a_collapse_onto_fewer_dimensions_has_no_floor():
    generator = np.random.default_rng(0)
    entropies = [
        neighbour_entropy(generator.standard_normal((n, 1)) @ np.ones((1, 3)))
        for n in (100, 400, 1600)
    ]
    # Distances fall as 1 / n along a line, and count three times: 2 log 4 for each four-fold n.
    falls = -np.diff(entropies)
    assert falls == pytest.approx([2 * math.log(4)] * 2, abs=0.7)


def test_equal_items_are_refused_or_count_once():
    z = np.random.default_rng(0).standard_normal((50, 2))
    with pytest.raises(ValueError, match="got 50 that equal another"):
        neighbour_entropy(np.vstack([z, z]))
    dropped = neighbour_entropy(np.vstack([z, z]), duplicates="drop")
    assert dropped == pytest.approx(neighbour_entropy(z))
