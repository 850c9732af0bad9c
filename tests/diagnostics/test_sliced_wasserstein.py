"""Distances to a Gaussian along directions: exact plans, exact means of samples."""

import sys

import numpy as np
import pytest
from hypothesis import given
from scipy.integrate import quad
from scipy.stats import norm

from ssl_theory.checks.strategies import embeddings
from ssl_theory.diagnostics.normality import random_directions
from ssl_theory.diagnostics.sliced_wasserstein import (
    gaussian_sliced_wasserstein,
    sliced_wasserstein,
)


def along(x):
    """By quadrature over quantiles."""
    n, total = len(x), 0.0
    for k, value in enumerate(np.sort(x)):
        total += quad(lambda u, v=value: (v - norm.ppf(u)) ** 2, k / n, (k + 1) / n)[0]
    return total


def test_each_slice_is_the_distance_between_quantile_functions():
    z = np.random.default_rng(0).exponential(size=(9, 3))
    seen = z @ random_directions(3, 4, seed=7)
    expected = np.mean([along(x) for x in seen.T])
    assert sliced_wasserstein(z, slices=4, seed=7) == pytest.approx(expected, rel=1e-7)


@pytest.mark.parametrize(("mean", "scale"), [(0.0, 1.0), (2.0, 0.5)])
def test_of_many_items_it_is_the_distance_of_gaussians(mean, scale):
    z = mean + scale * norm.ppf((np.arange(20000) + 0.5) / 20000)[:, None]
    assert sliced_wasserstein(z, slices=1) == pytest.approx(mean**2 + (scale - 1) ** 2, abs=2e-3)


@pytest.mark.parametrize("n", [2, 30])
def test_of_gaussian_items_the_mean_is_exact_in_every_dimension(n):
    for d in (1, 20):
        generator = np.random.default_rng(0)
        draws = [
            sliced_wasserstein(generator.standard_normal((n, d)), slices=20, seed=s)
            for s in range(1000)
        ]
        error = np.std(draws, ddof=1) / 1000**0.5
        assert error < 0.05 * np.mean(draws)
        assert abs(np.mean(draws) - gaussian_sliced_wasserstein(n)) < 5 * error


def test_the_mean_of_two_items_is_elementary():
    # Order statistics at -+ 1 / sqrt(pi), parts of -+ 1 / sqrt(2 pi).
    assert gaussian_sliced_wasserstein(2) == pytest.approx(2 - 4 / (2**0.5 * np.pi), rel=1e-12)


def test_the_quadrature_has_converged(monkeypatch):
    found = gaussian_sliced_wasserstein(1000)
    module = sys.modules[sliced_wasserstein.__module__]  # the package exports the function
    monkeypatch.setattr(module, "NODES", 2501)
    assert gaussian_sliced_wasserstein(1000) == pytest.approx(found, rel=1e-9)


@given(embeddings())
def test_standardised_it_has_no_units_and_no_origin(z):
    found = sliced_wasserstein(z, standardised=True, slices=8)
    assert sliced_wasserstein(3 * z + 1, standardised=True, slices=8) == pytest.approx(found)
    assert 0 <= found <= 2


def test_lost_dimensions_are_hardly_seen():
    n, d = 400, 256
    z = np.random.default_rng(0).standard_normal((n, d)) * (np.arange(d) < d // 2) * 2**0.5
    seen = sliced_wasserstein(z)
    assert gaussian_sliced_wasserstein(n) < seen < 2 * gaussian_sliced_wasserstein(n)


def test_it_says_what_it_wants():
    with pytest.raises(ValueError, match="`slices` must be at least 1, got 0"):
        sliced_wasserstein(np.eye(3), slices=0)
    with pytest.raises(ValueError, match="`items` must be at least 1, got 0"):
        gaussian_sliced_wasserstein(0)
    with pytest.raises(ValueError, match="`z` must vary, got 3 items that coincide"):
        sliced_wasserstein(np.ones((3, 2)), standardised=True)
