"""What Fang and others ask of a measure of uniformity: one measure has all of it, one lacks three.

Both count downwards: the smaller, the more uniform.
"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssl_theory.checks.strategies import embeddings
from ssl_theory.diagnostics import collapse_level, uniformity, wasserstein_uniformity
from ssl_theory.diagnostics.unit_rows import unit_rows
from ssl_theory.nulls.sphere import sphere_uniformity

MEASURES = {"uniformity": uniformity, "Wasserstein": wasserstein_uniformity}
either = pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)


def cloned(z):
    return np.hstack([z, z])


def padded(z, k):
    return np.hstack([z, np.zeros((len(z), k))])


@either
@given(embeddings(), st.integers(0, 99))
def test_the_order_of_instances_does_not_matter(measure, z, seed):
    z = z.numpy()
    moved = np.random.default_rng(seed).permutation(z, axis=0)
    assert measure(moved) == pytest.approx(measure(z), abs=1e-7)


@either
@given(embeddings(), st.integers(0, 99))
def test_the_length_of_an_instance_does_not_matter(measure, z, seed):
    z = z.numpy()
    lengths = np.random.default_rng(seed).uniform(0.1, 10, (len(z), 1))
    assert measure(lengths * z) == pytest.approx(measure(z), abs=1e-7)


@given(embeddings())
def test_cloned_instances_are_no_less_uniform_but_to_pairs_they_are(z):
    z = z.numpy()
    twice = np.vstack([z, z])
    assert wasserstein_uniformity(twice) == pytest.approx(wasserstein_uniformity(z), abs=1e-6)
    # Each pair is there four times, and each item once more beside itself: at no distance.
    n = len(z)
    mean = (4 * n * (n - 1) * np.exp(uniformity(z)) + 2 * n) / (2 * n * (2 * n - 1))
    assert uniformity(twice) == pytest.approx(np.log(mean))
    assert uniformity(twice) > uniformity(z) - 1e-12


@given(embeddings())
def test_cloned_features_are_less_uniform_but_not_to_pairs(z):
    # The spectrum stays, in twice the dimensions: the overlap falls by the root of two.
    z = z.numpy()
    before = wasserstein_uniformity(z) ** 2
    after = wasserstein_uniformity(cloned(z)) ** 2
    assert after == pytest.approx(2 - (2 - before) / 2**0.5, abs=1e-6)
    assert after >= before - 1e-9
    assert uniformity(cloned(z)) == pytest.approx(uniformity(z))


@given(embeddings(), st.integers(1, 6))
def test_features_that_say_nothing_are_less_uniform_but_not_to_pairs(z, k):
    z = z.numpy()
    d = z.shape[1]
    before = wasserstein_uniformity(z) ** 2
    after = wasserstein_uniformity(padded(z, k)) ** 2
    assert after == pytest.approx(2 - (2 - before) * (d / (d + k)) ** 0.5, abs=1e-6)
    assert uniformity(padded(z, k)) == pytest.approx(uniformity(z))


@pytest.mark.parametrize("d", [32, 512])
def test_lost_dimensions_saturate_pairs_and_not_the_wasserstein_distance(d):
    n = 800
    z = np.random.default_rng(0).standard_normal((n, d))
    half = z * (np.arange(d) < d // 2)
    error = 4 * (2 / d) ** 0.5 / n  # of a mean over pairs of exp(4 u v), to first order
    expected = sphere_uniformity(d // 2) - sphere_uniformity(d)
    assert expected < 9 / d  # on a scale of 4
    assert uniformity(half) - uniformity(z) == pytest.approx(expected, abs=5 * error)
    assert wasserstein_uniformity(half) - wasserstein_uniformity(z) > 0.2  # on one of 1.41


def test_the_level_of_collapse_asks_for_uniform_coordinates_only():
    z = unit_rows(np.random.default_rng(0).standard_normal((800, 32)))
    assert collapse_level(cloned(z), ddof=0) == pytest.approx(collapse_level(z, ddof=0), abs=1e-12)
    assert collapse_level(padded(z, 32)) == pytest.approx(1 - 0.5**0.5, abs=0.01)
