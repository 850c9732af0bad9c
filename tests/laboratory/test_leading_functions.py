"""Leading functions on a grid against laws whose spectra are known, and what slowness forces."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import multivariate_normal

from ssl_theory.diagnostics.canonical import canonical_correlations
from ssl_theory.laboratory.leading_functions import (
    gaussian_leading,
    laplace_leading,
    leading_function,
    least_r2,
    slowness,
)
from ssl_theory.processes import LaplaceAutoregression, OrnsteinUhlenbeckPairs
from ssl_theory.processes.generalised_normal import GeneralisedNormal


@pytest.mark.parametrize("correlation", [0.3, 0.8])
def test_a_grid_finds_the_powers_of_a_gaussian_pair(correlation):
    grid = np.linspace(-7, 7, 281)
    pair = multivariate_normal(cov=[[1, correlation], [correlation, 1]])
    found = leading_function(grid, pair.pdf(np.stack(np.meshgrid(grid, grid), axis=-1)))
    exact = gaussian_leading(correlation)
    assert found.autocorrelation == pytest.approx(exact.autocorrelation, abs=1e-6)
    assert found.runner_up == pytest.approx(exact.runner_up, abs=1e-6)
    assert found.linear_r2 == pytest.approx(1, abs=1e-6)
    z = np.linspace(-3, 3, 7)
    np.testing.assert_allclose(found(z), exact(z), atol=1e-3)


def test_probabilities_are_of_pairs_in_either_order():
    rng = np.random.default_rng(0)
    joint = rng.uniform(size=(6, 6))
    one, other = (leading_function(np.arange(6.0), j) for j in (joint, 3 * joint.T))
    assert one.autocorrelation == pytest.approx(other.autocorrelation)
    assert one.linear_r2 == pytest.approx(other.linear_r2)


def test_the_leading_function_of_laplace_latents_is_slower_than_they_are_and_curved():
    persistence = 0.5
    found = laplace_leading(persistence)
    assert found.autocorrelation > persistence + 0.01
    assert found.linear_r2 < 0.96
    finer = laplace_leading(persistence, reach=16.0, places=1601)
    assert found.autocorrelation == pytest.approx(finer.autocorrelation, abs=1e-3)
    assert found.linear_r2 == pytest.approx(finer.linear_r2, abs=1e-3)


def test_draws_of_laplace_latents_agree_by_as_much_as_the_grid_says():
    n, known = 100_000, laplace_leading(0.5)
    pairs = LaplaceAutoregression(1, 0.5, 2).draw(n, seed=1)
    z, w = pairs.latents[:, 0], pairs.latents[:, 1]
    products = known(z) * known(w)
    error = products.std() / np.sqrt(n)
    assert error < 0.006
    assert abs(products.mean() - known.autocorrelation) < 5 * error
    assert abs(np.square(known(z)).mean() - 1) < 5 * np.square(known(z)).std() / np.sqrt(n)
    assert np.corrcoef(known(z)[:, 0], z[:, 0])[0, 1] ** 2 == pytest.approx(
        known.linear_r2, abs=0.01
    )


def anchored(power, share):
    """Two views, each so much of the variance of an anchor's and the rest noise of its law."""
    law, grid = GeneralisedNormal(power), np.linspace(-14, 14, 1001)
    noise = (grid[None, :] - np.sqrt(share) * grid[:, None]) / np.sqrt(1 - share)
    given_anchor = np.exp(law.log_density(noise))
    anchor = np.exp(law.log_density(grid))
    return leading_function(grid, given_anchor.T * anchor @ given_anchor)


@pytest.mark.parametrize("power", [1.0, 8.0])
def test_latents_that_are_half_anchor_and_half_noise_are_their_own_leading_functions(power):
    """A counterexample to every converse that asks for no more than additive noise."""
    half = anchored(power, 0.5)
    assert half.autocorrelation == pytest.approx(0.5, abs=1e-3)
    assert half.linear_r2 == pytest.approx(1, abs=1e-3)
    assert anchored(power, 0.7).linear_r2 < 0.99
    assert anchored(2.0, 0.7).linear_r2 == pytest.approx(1, abs=1e-6)


@given(st.floats(-50, 50))
def test_beyond_its_places_a_function_goes_straight_on(z):
    line = gaussian_leading(0.5)
    assert line(np.array([z]))[0] == pytest.approx(z)


def test_slowness_sees_no_affine_map_and_is_least_of_the_latents():
    pairs = OrnsteinUhlenbeckPairs(2, 0.5).draw(20_000, seed=2)
    z, w = pairs.latents, pairs.partner_latents
    map_ = np.array([[3.0, 1.0], [0.0, 0.1]])
    assert slowness(z @ map_ + 7, w @ map_ + 7) == pytest.approx(slowness(z, w))
    assert slowness(z, w) == pytest.approx(2 * (1 - 0.5), abs=5 * 2 / np.sqrt(20_000))
    assert slowness(z**2, w**2) > slowness(z, w) + 0.3


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 1.0])
def test_slowness_forces_as_much_as_there_is_of_what_comes_next(share):
    """Tight: embeddings that have a share of the runner-up have exactly that much less."""
    n, rho = 100_000, 0.5
    pairs = OrnsteinUhlenbeckPairs(2, rho).draw(n, seed=3)
    views = [
        np.sqrt(1 - share) * z + np.sqrt(share) * (z**2 - 1) / np.sqrt(2)
        for z in (pairs.latents, pairs.partner_latents)
    ]
    excess = slowness(*views) - slowness(pairs.latents, pairs.partner_latents)
    forced = least_r2(excess, gaussian_leading(rho))
    known = np.square(canonical_correlations(pairs.latents, views[0])).mean()
    assert forced == pytest.approx(1 - share, abs=0.06)
    assert known > forced - 0.06
