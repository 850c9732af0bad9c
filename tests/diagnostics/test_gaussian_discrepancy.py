"""Distances to a Gaussian that nothing is drawn for: closed forms against quadrature and draws."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad

from ssl_theory.checks.strategies import embeddings
from ssl_theory.diagnostics.gaussian_discrepancy import (
    bhep,
    gaussian_bhep,
    gaussian_mmd,
    gaussian_mmd_deviation,
)
from ssl_theory.uniformity import BHEP


def drawn(n, d, seed=0):
    return np.random.default_rng(seed).standard_normal((n, d))


@pytest.mark.parametrize("sharpness", [0.5, 1.0, 2.0])
def test_it_is_an_integral_over_characteristic_functions(sharpness):
    x = drawn(7, 1) + 0.3

    def gap(t):
        weight = np.exp(-((t / sharpness) ** 2) / 2) / (sharpness * (2 * np.pi) ** 0.5)
        return weight * abs(np.exp(1j * t * x).mean() - np.exp(-(t**2) / 2)) ** 2

    expected = 7 * quad(gap, -12 * sharpness, 12 * sharpness, epsabs=1e-12, limit=200)[0]
    assert bhep(x, sharpness=sharpness, standardised=False) == pytest.approx(expected, rel=1e-8)


@given(embeddings(), st.floats(0.3, 3))
def test_it_is_the_statistic_that_objectives_lower(z, sharpness):
    entropy = BHEP(bandwidth=sharpness).entropy(z, given=z)
    found = bhep(z, sharpness=sharpness, standardised=False)
    assert found == pytest.approx(-entropy.item(), rel=1e-9, abs=1e-9)


@given(st.integers(0, 99), st.floats(0.5, 2))
@settings(max_examples=20)
def test_standardised_no_affine_map_changes_it(seed, sharpness):
    z = np.random.default_rng(seed).exponential(size=(40, 3))
    moved = z @ (drawn(3, 3, seed) + 2 * np.eye(3)) + 5
    assert bhep(moved, sharpness=sharpness) == pytest.approx(bhep(z, sharpness=sharpness))
    # By Mahalanobis distances, the way the statistic is usually written.
    apart = z - z.mean(0)
    root = np.linalg.cholesky(np.linalg.inv(np.cov(z, rowvar=False, ddof=0)))
    assert bhep(z, sharpness=sharpness) == pytest.approx(
        bhep(apart @ root, sharpness=sharpness, standardised=False)
    )


@given(embeddings(), st.floats(0.5, 4))
def test_the_discrepancy_is_the_same_statistic_in_other_units(z, bandwidth):
    n = len(z)
    biased = gaussian_mmd(z, bandwidth=bandwidth, unbiased=False)
    expected = bhep(z, sharpness=1 / bandwidth, standardised=False) / n
    assert biased == pytest.approx(expected, abs=1e-12)
    # An item is wholly like itself: the two forms weigh pairs differently, and know the same.
    unbiased = gaussian_mmd(z, bandwidth=bandwidth)
    d = z.shape[1]
    half = -2 * (1 + bandwidth**-2) ** (-d / 2) * np.mean(
        np.exp(-np.square(z.numpy()).sum(1) / (2 * (1 + bandwidth**2)))
    ) + (1 + 2 * bandwidth**-2) ** (-d / 2)
    assert unbiased - half == pytest.approx((n * (biased - half) - 1) / (n - 1), abs=1e-9)


def test_between_gaussians_it_is_elementary():
    # Of two laws N(0, v) and N(0, 1) in d dimensions the three means of the kernel are known.
    n, d, v, s2 = 50, 3, 4.0, 3.0
    found = [gaussian_mmd(drawn(n, d, seed) * v**0.5, bandwidth=s2**0.5) for seed in range(400)]
    terms = [(1 + x / s2) ** (-d / 2) for x in (2 * v, 1 + v, 2.0)]
    expected, error = terms[0] - 2 * terms[1] + terms[2], np.std(found, ddof=1) / 20
    assert error < 0.03 * expected
    assert abs(np.mean(found) - expected) < 5 * error


@pytest.mark.parametrize(("n", "d"), [(20, 2), (10, 8)])
def test_of_gaussian_items_mean_and_deviation_are_exact(n, d):
    found = np.array([gaussian_mmd(drawn(n, d, seed)) for seed in range(4000)])
    deviation = gaussian_mmd_deviation(n, d)
    assert abs(found.mean()) < 5 * deviation / len(found) ** 0.5
    # The variance of the variance, by the fourth moment of the draws themselves.
    squares = found**2
    error = squares.std(ddof=1) / len(found) ** 0.5
    assert error < 0.1 * deviation**2
    assert abs(squares.mean() - deviation**2) < 5 * error


@pytest.mark.parametrize("standardised", [False, True])
def test_the_mean_of_the_statistic_is_told(standardised):
    n, d = (20, 2) if not standardised else (400, 2)
    draws = 2000 if not standardised else 400
    words = {"sharpness": 0.7, "standardised": standardised}
    found = np.array([bhep(drawn(n, d, seed), **words) for seed in range(draws)])
    error = found.std(ddof=1) / draws**0.5
    expected = gaussian_bhep(d, **words)
    assert error < 0.05 * expected
    # Standardised, the mean is a limit: what is left at n items is of order 1 / n.
    assert abs(found.mean() - expected) < 5 * error + (expected * 2 / n if standardised else 0)


def test_the_default_kernel_is_as_wide_as_gaussian_items_are_apart():
    z = drawn(50, 6)
    assert gaussian_mmd(z) == pytest.approx(gaussian_mmd(z, bandwidth=6**0.5), rel=1e-12)


def test_it_says_what_it_wants():
    with pytest.raises(ValueError, match="`sharpness` must be positive, got 0"):
        bhep(np.eye(3), sharpness=0)
    with pytest.raises(ValueError, match="`bandwidth` must be positive, got -1"):
        gaussian_mmd(np.eye(3), bandwidth=-1)
    with pytest.raises(ValueError, match="`z` must vary in all 3 dimensions, got 3 items"):
        bhep(torch.eye(3))
