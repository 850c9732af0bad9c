"""Paths have the moments, the turns and the stationary laws that they say they have."""

import numpy as np
import pytest
from scipy.stats import kstest

from ssl_theory.processes import CircularPath, SquarePath, WanderingPath
from ssl_theory.processes.triangle_wave import mean_wave_covariance, wave_covariance

WANDERING = WanderingPath(width=10.0, longest=4.0, steps=8)
HARMONICS = np.arange(1, 20_001, 2)


@pytest.mark.parametrize("shift", [0.0, 0.3, 0.9, 1.4, 3.7])
def test_the_wave_covaries_as_its_series_says(shift):
    terms = np.cos(HARMONICS * np.pi * shift) / HARMONICS.astype(float) ** 4
    assert wave_covariance(shift) == pytest.approx(8 / np.pi**4 * terms.sum(), abs=1e-12)
    between = np.linspace(0, shift, 20_001)
    mean = np.mean([wave_covariance(v) for v in between])
    assert mean_wave_covariance(shift) == pytest.approx(mean, abs=1e-5)


def test_wandering_keeps_every_moment_uniform_and_every_action_within_reach():
    drawn = WANDERING.draw(3000, seed=0)
    for coordinate in drawn.x[:, -1].T:
        assert kstest(coordinate, "uniform", args=(0, 10)).pvalue > 1e-5
    for coordinate in drawn.auxiliary["action"][:, -1].T:
        assert kstest(coordinate, "uniform", args=(-4, 8)).pvalue > 1e-5
    moved = drawn.x[:, :-1] + drawn.auxiliary["action"][:, 1:]
    reflected = np.where(moved < 0, -moved, np.where(moved > 10, 20 - moved, moved))
    np.testing.assert_allclose(drawn.x[:, 1:], reflected, atol=1e-12)


@pytest.mark.parametrize("lag", [1, 3])
def test_cosines_of_a_wandering_place_are_forgotten_at_their_own_rates(lag):
    x = WANDERING.draw(20_000, seed=1).x[:, :, 0]
    for harmonic in (1, 2, 3):
        wave = np.sqrt(2) * np.cos(harmonic * np.pi * x / 10)
        products = wave[:, 1] * wave[:, 1 + lag]
        error = products.std() / np.sqrt(len(products))
        assert error < 0.01
        assert abs(products.mean() - WANDERING.eigenvalue(harmonic) ** lag) < 5 * error


def test_two_routes_give_the_covariance_of_a_wandering_step():
    np.testing.assert_allclose(WANDERING.autocovariance(1), WANDERING.cross_covariance, rtol=1e-9)
    np.testing.assert_allclose(WANDERING.autocovariance(0), WANDERING.covariance, rtol=1e-9)


def test_a_circle_turns_by_its_angle_and_forgets_by_its_noise():
    exact = CircularPath(radius=2.0, period=12.0).draw(3, seed=2)
    turned = exact.x[:, :-1] @ np.array([[np.sqrt(3), 1], [-1, np.sqrt(3)]]) / 2
    np.testing.assert_allclose(exact.x[:, 1:], turned, atol=1e-12)
    np.testing.assert_allclose(np.linalg.norm(exact.x, axis=-1), 2)
    noisy = CircularPath(period=12.0, phase_noise=0.3, steps=2)
    x, y = noisy.draw(20_000, seed=3).pairs()
    fitted = np.linalg.lstsq(x, y, rcond=None)[0].T
    found = np.linalg.eigvals(fitted)
    found = found[np.argsort(found.imag)]
    np.testing.assert_allclose(found, noisy.eigenvalues, atol=5 / np.sqrt(20_000))


def test_a_square_is_walked_at_a_constant_pace_along_its_edge():
    path = SquarePath(half=1.5, period=24.0).draw(5, seed=4)
    np.testing.assert_allclose(np.abs(path.x).max(-1), 1.5)
    steps = np.abs(np.diff(path.x, axis=1)).sum(-1)
    np.testing.assert_allclose(steps, 4 * 3 / 24)
    centred = np.arctan2(path.x[..., 1], path.x[..., 0])
    assert (np.diff(np.unwrap(centred, axis=1), axis=1) > 0).all()


@pytest.mark.parametrize("lag", [0, 1, 5, 14])
def test_a_square_has_the_autocovariance_of_its_phases(lag):
    world = SquarePath(half=1.5, period=20.0)
    phase = (np.arange(40_000) + 0.5) / 40_000
    now, later = (
        np.stack([world._side(f), world._side(f - 1 / 4)]) for f in (phase, phase + lag / 20)
    )
    np.testing.assert_allclose(now @ later.T / 40_000, world.autocovariance(lag), atol=1e-6)


def test_a_square_is_almost_a_circle_and_its_best_turn_lags():
    path = SquarePath(period=20.0, steps=40).draw(4000, seed=5)
    waves = np.exp(2j * np.pi * path.auxiliary["phase"])
    x = path.x[..., 0]
    first = np.abs((x * waves).mean()) ** 2 * 2 / (x**2).mean()
    assert first == pytest.approx(SquarePath().first_harmonic_share, abs=1e-3)
    pairs = path.pairs()
    fitted = np.linalg.lstsq(pairs.x, pairs.y, rcond=None)[0].T
    angles = np.sort(np.angle(np.linalg.eigvals(fitted)))
    np.testing.assert_allclose(angles, np.angle(SquarePath(period=20.0).eigenvalues), atol=1e-3)
    assert angles[1] < 0.97 * 2 * np.pi / 20


@pytest.mark.parametrize(
    ("make", "fields", "message"),
    [
        (WanderingPath, {"width": 0.0}, "`width` must be positive, got 0.0"),
        (WanderingPath, {"longest": -1.0}, "`longest` must be positive, got -1.0"),
        (CircularPath, {"radius": 0.0}, "`radius` must be positive, got 0.0"),
        (CircularPath, {"period": 0.0}, "`period` must be positive, got 0.0"),
        (CircularPath, {"phase_noise": -1.0}, "`phase_noise` must be a variance, got -1.0"),
        (SquarePath, {"half": 0.0}, "`half` must be positive, got 0.0"),
        (SquarePath, {"period": -2.0}, "`period` must be positive, got -2.0"),
        (SquarePath, {"steps": 1}, "`steps` must be at least 2, got 1"),
    ],
)
def test_says_which_path_it_wants(make, fields, message):
    with pytest.raises(ValueError, match=message):
        make(**fields)
