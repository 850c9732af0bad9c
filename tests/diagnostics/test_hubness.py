"""Hubs and lengths."""

import numpy as np
import pytest
from scipy.spatial import cKDTree
from scipy.stats import chi, kurtosis, skew

from ssl_theory.diagnostics.hubness import hubness, occurrences
from ssl_theory.diagnostics.lengths import gaussian_lengths, lengths


def normal(n, d, seed=0):
    return np.random.default_rng(seed).standard_normal((n, d))


@pytest.mark.parametrize(("n", "d", "k"), [(200, 3, 10), (50, 20, 1), (1500, 5, 4)])
@pytest.mark.parametrize("normalise", [True, False])
def test_neighbours_are_those_of_a_tree(n, d, k, normalise):
    z = normal(n, d) + 100 * (not normalise)
    rows = z / np.linalg.norm(z, axis=1, keepdims=True) if normalise else z
    found = cKDTree(rows).query(rows, k + 1)[1][:, 1:]
    expected = np.bincount(found.ravel(), minlength=n)
    assert np.array_equal(occurrences(z, neighbours=k, normalise=normalise), expected)
    assert hubness(z, neighbours=k, normalise=normalise) == pytest.approx(skew(expected))


def test_items_on_a_circle_have_no_hubs():
    angles = 2 * np.pi * np.arange(64) / 64
    ring = np.column_stack([np.cos(angles), np.sin(angles)])
    assert hubness(ring, neighbours=2) == 0.0


def test_hubs_come_with_dimensions_and_with_a_middle():
    low, high = (hubness(normal(1500, d), normalise=False) for d in (2, 100))
    assert abs(low) < 0.5 < 2 < high
    assert hubness(normal(1500, 100)) < 0.6 * high


@pytest.mark.parametrize("d", [1, 2, 5, 64])
def test_gaussian_lengths_follow_the_chi_law(d):
    mean, variance, excess = chi(d).stats("mvk")
    found = gaussian_lengths(d)
    assert found.mean == pytest.approx(mean)
    assert found.variation == pytest.approx(variance**0.5 / mean)
    assert found.kurtosis == pytest.approx(excess, abs=1e-8)


def test_in_high_dimension_lengths_are_normal_with_half_a_unit_of_variance():
    found = gaussian_lengths(100_000)
    assert found.mean**2 == pytest.approx(100_000 - 0.5, abs=1e-4)
    assert (found.mean * found.variation) ** 2 == pytest.approx(0.5, abs=1e-4)
    assert found.kurtosis == pytest.approx(0, abs=1e-4)


def test_lengths_are_described_by_their_moments():
    z = normal(5000, 7)
    sizes = np.linalg.norm(z, axis=1)
    found, law = lengths(z), gaussian_lengths(7)
    assert found.mean == pytest.approx(sizes.mean())
    assert found.kurtosis == pytest.approx(kurtosis(sizes))
    assert found.mean == pytest.approx(law.mean, abs=5 * sizes.std() / 5000**0.5)
    assert found.variation == pytest.approx(law.variation, rel=5 / 10000**0.5)
    assert found.zero == 0
    heavy = z / np.sqrt(np.random.default_rng(1).chisquare(5, (5000, 1)) / 3)
    assert lengths(heavy).kurtosis > 2 > 1 > abs(found.kurtosis)


def test_equal_lengths_have_no_shape():
    z = normal(60, 9)
    z /= np.linalg.norm(z, axis=1, keepdims=True)
    found = lengths(np.vstack([z]))
    assert (found.variation, found.kurtosis) == (0.0, 0.0)
    assert lengths(np.zeros((3, 2))).zero == 3


@pytest.mark.parametrize("neighbours", [0, 5])
def test_neighbours_are_others(neighbours):
    with pytest.raises(ValueError, match="must lie between 1 and 4, the others there are, got"):
        hubness(normal(5, 2), neighbours=neighbours)
