"""Stationary from the first moment, in a law that is an alternating mixture of Laplace laws."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import kstest

from ssl_theory.processes import LaplaceAutoregression

PERSISTENCES = [0.05, 0.5, 0.7, 0.9]


def density(world, z):
    return float(np.exp(world.stationary_log_density(np.array(z))))


@pytest.mark.parametrize("persistence", PERSISTENCES)
def test_the_stationary_law_is_the_fourier_transform_of_its_characteristic_function(persistence):
    world = LaplaceAutoregression(persistence=persistence)
    u = np.linspace(0, 4000, 200_001)
    characteristic = np.ones_like(u)
    for k in range(200):
        characteristic /= 1 + (world.shock * persistence**k * u) ** 2
    for z in (0.1, 1.0, 3.0):
        heights = np.cos(u * z) * characteristic
        inverted = (heights.sum() - heights[0] / 2) * (u[1] - u[0]) / np.pi
        # The slowest tail, at a persistence of 0.05, is that of one Laplace law.
        assert density(world, z) == pytest.approx(inverted, abs=2e-6)


@pytest.mark.parametrize("persistence", PERSISTENCES)
def test_the_stationary_law_has_mass_and_variance_one(persistence):
    world = LaplaceAutoregression(persistence=persistence)
    mass = 2 * quad(lambda z: density(world, z), 0, 40, limit=200)[0]
    variance = 2 * quad(lambda z: z * z * density(world, z), 0, 40, limit=200)[0]
    assert (mass, variance) == (pytest.approx(1), pytest.approx(1))


@pytest.mark.parametrize("persistence", [0.3, 0.9])
def test_the_stationary_law_is_kept_by_a_step(persistence):
    world = LaplaceAutoregression(persistence=persistence)

    def arriving(later):
        def from_before(z):
            step = world.transition_log_density(np.array(later), given=np.array(z))
            return density(world, z) * float(np.exp(step))

        return quad(from_before, -30, 30, points=[later / persistence, 0], limit=400)[0]

    for later in (0.0, 0.8, 2.5):
        assert arriving(later) == pytest.approx(density(world, later), rel=1e-6)


def test_trajectories_are_stationary_from_their_first_moment_to_their_last():
    world = LaplaceAutoregression(dimension=1, persistence=0.8, moments=6)
    latents = world.draw(3000, seed=0).latents
    grid = np.linspace(-30, 30, 60_001)
    cumulative = np.cumsum(np.exp(world.stationary_log_density(grid))) * (grid[1] - grid[0])
    for moment in (0, 5):
        observed = latents[:, moment, 0]
        assert kstest(observed, lambda z: np.interp(z, grid, cumulative)).pvalue > 1e-4


def test_shocks_are_independent_of_the_past_and_of_each_other():
    world, n = LaplaceAutoregression(dimension=2, moments=4), 4000
    latents = world.draw(n, seed=1).latents
    shocks = (latents[:, 1:] - 0.7 * latents[:, :-1]).reshape(n, -1) / (world.shock * np.sqrt(2))
    both = np.hstack([latents[:, 0], shocks])
    correlation = np.corrcoef(both, rowvar=False) - np.eye(8)
    assert np.abs(correlation).max() < 5 / np.sqrt(n)
    assert kstest(shocks[:, 0] * np.sqrt(2), "laplace").pvalue > 1e-4


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"dimension": 0}, "`dimension` must be at least 1, got 0"),
        ({"moments": 1}, "`moments` must be at least 2, got 1"),
        ({"persistence": 0.95}, "`persistence` must lie between 0.01 and 0.9, got 0.95"),
    ],
)
def test_says_which_sources_it_wants(arguments, message):
    with pytest.raises(ValueError, match=message):
        LaplaceAutoregression(**arguments)
