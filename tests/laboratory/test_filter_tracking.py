"""Following films: what a filter knows, and what it only believes."""

import numpy as np
import pytest
import torch

from ssl_theory.alignment import Kalman, LinearDynamics
from ssl_theory.laboratory.filter_tracking import (
    Seen,
    overconfident,
    principal_components,
    track,
    turn,
    window_r2,
)
from ssl_theory.processes import CircularPath, MovingDot
from ssl_theory.processes.rendering import Dot

CIRCLE = CircularPath(period=20, phase_noise=0.005, steps=40)
FILMS = MovingDot(CIRCLE, Dot(side=10, width=1.0, low=-3.0, high=3.0))
NONE = np.zeros(1)


def _round(noise: float, radius: float) -> LinearDynamics:
    """The best linear account of a circle seen through white noise."""
    dynamics = LinearDynamics(2, 2)
    step = CIRCLE.eigenvalues[1]
    with torch.no_grad():
        rows = [[step.real, -step.imag], [step.imag, step.real]]
        dynamics.transition.copy_(torch.tensor(rows))
        dynamics.log_process.fill_(np.log(radius**2 / 2 * (1 - abs(step) ** 2)))
        dynamics.log_observation.fill_(np.log(noise))
    return dynamics.requires_grad_(False)


def _codes(films: int, noise: float, seed: int):
    """Noisy places, in place of an encoder's answers."""
    places = FILMS.path.draw(films, seed).x
    rng = np.random.default_rng(seed)
    return Seen(places + np.sqrt(noise) * rng.standard_normal(places.shape), places)


def test_a_filter_that_knows_the_circle_knows_how_well_it_knows_the_place():
    dynamics = _round(0.3, radius=2.0)
    found = track(dynamics, _codes(300, 0.3, 1), _codes(1000, 0.3, 2), NONE)
    error = (found.truth - found.found)[:, -1].ravel()
    _, spreads = Kalman(dynamics).filter(torch.zeros(60, 2).double())
    assert error.var() == pytest.approx(float(spreads[-1, 0, 0]), rel=5 * np.sqrt(2 / 1000))
    assert 0.93 < found.coverage < 0.97
    assert found.r2 > 0.97
    doubted = track(overconfident(dynamics), _codes(300, 0.3, 1), _codes(1000, 0.3, 2), NONE)
    np.testing.assert_allclose(doubted.found, found.found, atol=0.01)
    np.testing.assert_allclose(doubted.band[-1], found.band[-1] / 2, rtol=0.01)
    assert doubted.coverage < 0.75


def test_the_turn_is_that_of_the_transition_in_any_basis():
    dynamics = _round(0.3, radius=2.0)
    assert turn(dynamics) in (pytest.approx(e) for e in CIRCLE.eigenvalues)
    basis = np.array([[2.0, 1.0], [0.0, 0.5]])
    with torch.no_grad():
        turned = basis @ dynamics.transition.numpy() @ np.linalg.inv(basis)
        dynamics.transition.copy_(torch.from_numpy(turned))
    assert abs(np.angle(turn(dynamics))) == pytest.approx(2 * np.pi / 20)
    assert abs(turn(dynamics)) == pytest.approx(np.exp(-CIRCLE.phase_noise / 2))


def test_on_a_circle_the_first_components_of_pictures_are_the_first_harmonic():
    """Noise-free pictures depend on their distance alone, but for the grid of pixels."""
    drawn = FILMS.dot(FILMS.path.draw(50, seed=3).x), FILMS.path.draw(50, seed=3).x
    components = principal_components(drawn[0])
    np.testing.assert_allclose(components.T @ components, np.eye(2), atol=1e-12)
    codes = drawn[0] @ components
    assert window_r2(*[Seen(codes, drawn[1])] * 2, moments=1) > 0.99


def test_a_window_sees_the_moments_up_to_now_and_none_to_come():
    rng = np.random.default_rng(4)
    z = rng.standard_normal((20, 30, 2))
    past, future = np.roll(z, 2, axis=1), np.roll(z, -2, axis=1)
    assert window_r2(Seen(z, past), Seen(z, past), moments=3) == pytest.approx(1)
    assert window_r2(Seen(z, future), Seen(z, future), moments=3) < 0.2
