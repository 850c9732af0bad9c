"""Lorenz's system rests where it should, shrinks volumes, and is shaken independently."""

import numpy as np
import pytest

from ssl_theory.processes import Lorenz
from ssl_theory.processes.mixings import Orthogonal

SHAKEN = Lorenz(process_noise=0.01)


def test_noise_is_drawn_for_each_trajectory_each_step_and_each_coordinate():
    # Not one number added to all of them, and not so small that it is lost to rounding.
    z = SHAKEN.draw(500, seed=0).latents
    noise = (z[:, 1:] - SHAKEN.advance(z[:, :-1])).reshape(500, -1)
    across_trajectories = np.corrcoef(noise[:20])
    across_places = np.corrcoef(noise, rowvar=False)
    for table, count in ((across_trajectories, noise.shape[1]), (across_places, 500)):
        off = table[np.triu_indices(len(table), 1)]
        assert np.abs(off).max() < 5.5 / np.sqrt(count)
    assert abs(noise.var() - 0.01) < 5 * 0.01 * np.sqrt(2 / noise.size)


def test_moves_as_the_equations_say():
    z = Lorenz().draw(50, seed=1).latents
    x, y, w = np.moveaxis(z[:, :-1], -1, 0)
    np.testing.assert_allclose(z[:, 1:, 0], x + 0.01 * 10 * (y - x), atol=1e-12)
    np.testing.assert_allclose(z[:, 1:, 1], y + 0.01 * (28 * x - x * w - y), atol=1e-12)
    np.testing.assert_allclose(z[:, 1:, 2], w + 0.01 * (x * y - 8 / 3 * w), atol=1e-12)


def test_rests_stay_and_are_left():
    world = Lorenz()
    np.testing.assert_allclose(world.advance(world.rests), world.rests, atol=1e-12)
    for rest in world.rests:  # at rho = 28 none of them attracts
        assert np.abs(np.linalg.eigvals(world.jacobian(rest))).max() > 1


def test_the_jacobian_is_the_derivative_of_a_step():
    world, z = Lorenz(), np.array([1.0, -2.0, 20.0])
    differences = [
        (world.advance(z + 1e-6 * e) - world.advance(z - 1e-6 * e)) / 2e-6 for e in np.eye(3)
    ]
    np.testing.assert_allclose(world.jacobian(z), np.transpose(differences), atol=1e-8)


def test_volumes_shrink_at_the_same_rate_everywhere():
    short = Lorenz(step=1e-6)
    for z in np.random.default_rng(2).normal(scale=10, size=(5, 3)):
        rate = np.log(np.linalg.det(short.jacobian(z))) / 1e-6
        assert rate == pytest.approx(short.divergence, rel=1e-3)


def test_moments_on_the_attractor_balance_as_a_stationary_law_must():
    drawn = SHAKEN.draw(4000, seed=3).latents[:, 0]
    x, y, z = drawn.T
    balances = {
        "E x = E y": y - x,
        "E x y = beta E z": x * y - 8 / 3 * z,
        "E x^2 does not change": 2 * 10 * x * (y - x) + 0.01 * 100 * (y - x) ** 2 + 0.01 / 0.01,
        "left and right are alike": x,
    }
    for name, values in balances.items():
        error = values.std() / np.sqrt(4000)
        assert abs(values.mean()) < 5 * error, name
    assert min((x > 1).mean(), (x < -1).mean()) > 0.3  # both wings are visited


def test_a_mixing_is_undone_by_its_inverse():
    mixing = Orthogonal(4)
    drawn = Lorenz(mixing=mixing).draw(20, seed=4)
    np.testing.assert_allclose(mixing.inverse(drawn.x), drawn.latents, atol=1e-10)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"rho": 0.5}, "`rho` above 1, got 10.0, 2.66"),
        ({"step": 0.1}, "`step` must lie between 0 and 0.02, got 0.1"),
        ({"process_noise": -1.0}, "`process_noise` must be a variance, got -1.0"),
        ({"burn_in": -1}, "`burn_in` must be at least 0, got -1"),
        ({"steps": 1}, "`steps` must be at least 2, got 1"),
    ],
)
def test_says_which_system_it_wants(fields, message):
    with pytest.raises(ValueError, match=message):
        Lorenz(**fields)
