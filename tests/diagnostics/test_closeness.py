"""Alignment and uniformity are metrics: normalised, exact for small n, finite at any size."""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.spatial.distance import pdist

from ssl_theory.checks.strategies import embeddings, pairs
from ssl_theory.diagnostics import alignment, uniformity
from ssl_theory.nulls.sphere import sphere_uniformity


def unit(z):
    return z / np.linalg.norm(z, axis=1, keepdims=True)


@given(pairs())
def test_alignment_is_two_minus_twice_the_mean_cosine(pair):
    z, w = (unit(x.numpy()) for x in pair)
    assert alignment(*pair) == pytest.approx(2 - 2 * (z * w).sum(1).mean(), abs=1e-12)


@given(pairs(), st.floats(0.5, 3))
def test_alignment_takes_any_power_of_the_distance(pair, power):
    z, w = (x.numpy() for x in pair)
    expected = np.mean(np.linalg.norm(z - w, axis=1) ** power)
    assert alignment(z, w, power=power, normalise=False) == pytest.approx(expected)


@given(embeddings(min_dimension=2), st.floats(0.1, 10))
def test_uniformity_is_the_log_mean_potential_of_distinct_pairs(z, t):
    distances = pdist(unit(z.numpy()))
    expected = math.log(np.mean(np.exp(-t * distances**2)))
    assert uniformity(z, t=t) == pytest.approx(expected, rel=1e-9, abs=1e-12)


@given(embeddings(min_dimension=2))
def test_without_normalising_distances_are_taken_as_they_are(z):
    expected = math.log(np.mean(np.exp(-2 * pdist(z.numpy()) ** 2)))
    assert uniformity(z, normalise=False) == pytest.approx(expected, rel=1e-9, abs=1e-12)


@given(embeddings(min_dimension=2), st.integers(-300, 300))
def test_only_directions_matter(z, exponent):
    scaled = z.numpy() * 10.0**exponent
    assert uniformity(scaled) == pytest.approx(uniformity(z), rel=1e-12)
    assert alignment(scaled, z) == pytest.approx(0, abs=1e-12)


def test_far_apart_items_are_finite_in_logarithms():
    z = np.random.default_rng(0).standard_normal((200, 8)) * 100
    closest = pdist(z).min()
    value = uniformity(z, normalise=False)
    # The closest pair dominates: it alone gives a lower bound, all pairs as close an upper one.
    assert -2 * closest**2 - math.log(200 * 199 / 2) <= value <= -2 * closest**2


@pytest.mark.parametrize("d", [2, 3, 16, 128, 1024])
@pytest.mark.parametrize("t", [0.5, 2.0, 10.0])
def test_the_reference_is_the_hypergeometric_function(d, t):
    expected = -2 * t + mpmath.log(mpmath.hyp0f1(d / 2, t * t))
    assert sphere_uniformity(d, t=t) == pytest.approx(float(expected), rel=1e-12)


@pytest.mark.parametrize("d", [3, 16])
def test_uniform_directions_attain_the_reference(d):
    draws = [
        uniformity(np.random.default_rng(seed).standard_normal((400, d))) for seed in range(30)
    ]
    error = np.std(draws, ddof=1) / np.sqrt(len(draws))
    assert error < 0.01
    assert abs(np.mean(draws) - sphere_uniformity(d)) < 5 * error


@pytest.mark.parametrize("n", [2, 1023, 1024, 1025])
def test_the_number_of_items_may_end_a_block_anywhere(n):
    z = np.random.default_rng(0).standard_normal((n, 3))
    expected = math.log(np.mean(np.exp(-2 * pdist(unit(z)) ** 2)))
    assert_allclose(uniformity(z), expected, rtol=1e-9)


def test_coinciding_items_are_at_the_top():
    assert uniformity(np.ones((5, 3))) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("measure", [uniformity, lambda z: alignment(z, z)])
def test_a_zero_row_has_no_direction(measure):
    with pytest.raises(ValueError, match=r"no zero rows, got 2 \(the first is row 0\)"):
        measure(np.zeros((2, 3)))


def test_one_item_is_no_pair():
    with pytest.raises(ValueError, match="at least 2 items"):
        uniformity(np.ones((1, 3)))


def test_distances_beyond_double_precision_are_refused_with_a_remedy():
    with pytest.raises(ValueError, match=r"`z` must be below 1e\+150.*or pass normalise=True"):
        uniformity(np.array([[1e200, 0], [0, 1e200]]), normalise=False)
