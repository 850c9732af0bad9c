"""A pendulum keeps its energy, its period is elliptic, and friction takes what it should."""

import numpy as np
import pytest
from scipy.integrate import quad, solve_ivp

from ssl_theory.processes import Pendulum

FREE = Pendulum(steps=60)


def test_steps_are_those_of_the_elliptic_solution():
    amplitude, step = 2.2, 0.1
    z = FREE.swing(amplitude, 0.3)
    for t in range(1, 60):
        z = FREE.advance(z)
        np.testing.assert_allclose(z, FREE.swing(amplitude, 0.3 + step * t), atol=1e-7)


def test_without_friction_energy_is_conserved_and_names_the_amplitude():
    drawn = FREE.draw(200, seed=0)
    energy = FREE.energy(drawn.latents)
    np.testing.assert_allclose(energy, energy[:, :1] * np.ones(60), atol=1e-7)
    np.testing.assert_allclose(energy, -np.cos(drawn.auxiliary["amplitude"]), atol=1e-7)


def test_the_period_is_the_integral_of_the_time_that_each_angle_takes():
    a = 1.7  # with sin(angle / 2) = sin(a / 2) sin(u), which takes the corner off the integrand
    quarter = quad(lambda u: 1 / np.sqrt(1 - np.sin(a / 2) ** 2 * np.sin(u) ** 2), 0, np.pi / 2)[0]
    assert FREE.period(a) == pytest.approx(4 * quarter)
    np.testing.assert_allclose(FREE.swing(a, 0.4 + FREE.period(a)), FREE.swing(a, 0.4), atol=1e-10)


def test_swings_begin_anywhere_in_their_period():
    # Time spent left and right, coming and going, is the same at every amplitude.
    z = Pendulum(amplitudes=(1.0, 1.0)).draw(4000, seed=1).latents[:, 0]
    for side in z.T:
        assert abs((side > 0).mean() - 0.5) < 5 * 0.5 / np.sqrt(4000)
    # E speed^2 = (1 / T) times the integral of speed over angle, there and back.
    area = 4 * quad(lambda angle: np.sqrt(2 * (np.cos(angle) - np.cos(1.0))), 0, 1.0)[0]
    squares = z[:, 1] ** 2
    error = squares.std() / np.sqrt(4000)
    assert abs(squares.mean() - area / FREE.period(1.0)) < 5 * error
    assert error < 0.02 * squares.mean()


def test_friction_follows_another_solver_and_takes_the_work_done():
    world = Pendulum(damping=0.3, steps=50)
    z = world.draw(3, seed=2).latents[0]
    times = 0.1 * np.arange(50)
    solved = solve_ivp(
        lambda _, s: [s[1], -np.sin(s[0]) - 0.3 * s[1], 0.3 * s[1] ** 2],
        (0, times[-1]), [*z[0], 0.0], t_eval=times, rtol=1e-10, atol=1e-12,
    )  # fmt: skip
    np.testing.assert_allclose(z, solved.y[:2].T, atol=1e-7)
    np.testing.assert_allclose(world.energy(z[0]) - world.energy(z), solved.y[2], atol=1e-7)


def test_the_tip_is_on_the_circle_at_the_angle():
    drawn = FREE.draw(10, seed=3)
    np.testing.assert_allclose((drawn.x**2).sum(-1), 1)
    np.testing.assert_allclose(np.arctan2(drawn.x[..., 0], -drawn.x[..., 1]), drawn.latents[..., 0])


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"damping": -0.1}, "`damping` must be at least 0, got -0.1"),
        ({"amplitudes": (0.5, 3.5)}, r"between 0 and pi, the smaller first, got \(0.5, 3.5\)"),
        ({"amplitudes": (1.0, 0.5)}, r"the smaller first, got \(1.0, 0.5\)"),
        ({"step": 0.0}, "`step` must be positive, got 0.0"),
        ({"steps": 1}, "`steps` must be at least 2, got 1"),
    ],
)
def test_says_which_pendulum_it_wants(fields, message):
    with pytest.raises(ValueError, match=message):
        Pendulum(**fields)
