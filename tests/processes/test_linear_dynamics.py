"""Linear systems are stationary, turn as they say, and are filtered as Kalman says."""

import numpy as np
import pytest

from ssl_theory.processes import LinearDynamics

SYSTEM = LinearDynamics(
    ((0.9, -0.3), (0.2, 0.7)), ((1.0, 0.5), (0.0, 1.0), (2.0, -1.0)), 0.5, 0.8, steps=40
)


def riccati(system, steps=500):
    """The recursion itself, from an uninformed start: prediction, gain and filter covariance."""
    a, size = np.array(system.transition), system.size
    c = np.eye(size) if system.readout is None else np.array(system.readout)
    predicted = 100 * np.eye(size)
    for _ in range(steps):
        surprise = c @ predicted @ c.T + system.observation_noise * np.eye(len(c))
        gain = predicted @ c.T @ np.linalg.inv(surprise)
        left = (np.eye(size) - gain @ c) @ predicted
        predicted = a @ left @ a.T + system.process_noise * np.eye(size)
    return predicted, gain, left


def test_the_gain_is_where_the_recursion_comes_to_rest():
    predicted, gain, left = riccati(SYSTEM)
    np.testing.assert_allclose(SYSTEM.prediction_covariance, predicted, rtol=1e-9)
    np.testing.assert_allclose(SYSTEM.kalman_gain, gain, rtol=1e-9)
    np.testing.assert_allclose(SYSTEM.filter_covariance, left, rtol=1e-9)


def test_the_filter_errs_by_as_much_as_it_says():
    drawn = SYSTEM.draw(4000, seed=0)
    a, c, gain = np.array(SYSTEM.transition), np.array(SYSTEM.readout), SYSTEM.kalman_gain
    state = np.zeros((4000, 2))
    for t in range(40):
        predicted = state @ a.T
        state = predicted + (drawn.x[:, t] - predicted @ c.T) @ gain.T
    squares = np.square(state - drawn.latents[:, -1])
    error = squares.std(0) / np.sqrt(4000)
    truth = np.diag(SYSTEM.filter_covariance)
    assert (np.abs(squares.mean(0) - truth) < 5 * error).all()
    assert (error < 0.03 * truth).all()
    shown = 1 - squares.sum() / np.square(drawn.latents[:, -1]).sum()
    assert shown == pytest.approx(SYSTEM.bayes_r2(past=True), abs=0.02)


def test_every_moment_has_the_same_law():
    drawn = SYSTEM.draw(8000, seed=1)
    for t in (0, 20, 39):
        x = drawn.x[:, t]
        errors = np.sqrt(2 * np.outer(*[np.diag(SYSTEM.covariance)] * 2) / 8000)
        assert (np.abs(np.cov(x, rowvar=False) - SYSTEM.covariance) < 5 * errors).all()


def test_later_moments_correlate_as_the_power_of_the_transition():
    x = SYSTEM.draw(8000, seed=2).x
    for lag in (1, 3):
        products = x[:, 4, :, None] * x[:, 4 + lag, None, :]
        errors = products.std(0) / np.sqrt(8000)
        assert (np.abs(products.mean(0) - SYSTEM.autocovariance(lag)) < 5 * errors).all()


def test_one_number_is_filtered_by_the_root_of_a_quadratic():
    phi, q, r = 0.8, 0.5, 0.7
    system = LinearDynamics(((phi,),), None, q, r)
    b = r * (1 - phi**2) - q
    predicted = (-b + np.sqrt(b**2 + 4 * q * r)) / 2
    assert system.prediction_covariance.item() == pytest.approx(predicted)
    assert system.kalman_gain.item() == pytest.approx(predicted / (predicted + r))
    # A regression on the last value alone sees less than phi; the ratio of two lags sees phi.
    s = q / (1 - phi**2)
    seen = system.cross_covariance.item() / system.covariance.item()
    assert seen == pytest.approx(phi * s / (s + r))
    assert system.autocovariance(2).item() / system.autocovariance(1).item() == pytest.approx(phi)


def test_a_turn_keeps_its_radius_and_its_angle():
    turn = LinearDynamics.rotation(0.95, 0.3, process_noise=2.0, observation_noise=0.0)
    np.testing.assert_allclose(turn.eigenvalues, 0.95 * np.exp([-0.3j, 0.3j]))
    np.testing.assert_allclose(turn.latent_covariance, 2 / (1 - 0.95**2) * np.eye(2), atol=1e-9)
    np.testing.assert_allclose(turn.canonical_autocorrelations, [0.95, 0.95])
    np.testing.assert_allclose(turn.symmetric_autocorrelations, [0.95 * np.cos(0.3)] * 2)


def test_a_turn_is_recovered_by_regression_and_halved_by_a_symmetric_model():
    turn = LinearDynamics.rotation(0.95, 0.3, observation_noise=0.0, steps=50)
    pairs = turn.draw(400, seed=3).pairs()
    fitted = np.linalg.lstsq(pairs.x, pairs.y, rcond=None)[0].T
    np.testing.assert_allclose(fitted, turn.transition, atol=5 * 0.32 / np.sqrt(len(pairs.x)))
    symmetric = np.linalg.eigvalsh((fitted + fitted.T) / 2)
    np.testing.assert_allclose(symmetric, 0.95 * np.cos(0.3), atol=0.02)


def test_seen_without_noise_the_past_adds_nothing():
    turn = LinearDynamics.rotation(0.9, 1.0, observation_noise=0.0)
    assert turn.bayes_r2(past=False) == pytest.approx(1)
    assert turn.bayes_r2(past=True) == pytest.approx(1)
    assert turn.predictive_information == pytest.approx(turn.mutual_information)


def test_the_past_is_worth_what_the_chain_rule_says():
    # I(past; next) by the joint normal law of twelve moments.
    moments, d = 12, 3
    joint = np.block([
        [SYSTEM.autocovariance(j - i) if j >= i else SYSTEM.autocovariance(i - j).T
         for j in range(moments)] for i in range(moments)
    ])  # fmt: skip
    logdet = lambda s: np.linalg.slogdet(s)[1]  # noqa: E731
    shared = (logdet(joint[:-d, :-d]) + logdet(joint[-d:, -d:]) - logdet(joint)) / 2
    assert SYSTEM.predictive_information == pytest.approx(shared, rel=1e-6)
    assert SYSTEM.mutual_information < SYSTEM.predictive_information


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"transition": ((1.0,),)}, r"inside the unit circle, got 1: there is no stationary"),
        ({"transition": ((0.5, 0.1),)}, "rows of a square matrix"),
        ({"readout": ((1.0,),)}, "rows of 2 numbers"),
        ({"process_noise": 0.0}, "`process_noise` must be positive, got 0.0"),
        ({"observation_noise": -1.0}, "`observation_noise` must be a variance, got -1.0"),
        ({"steps": 1}, "`steps` must be at least 2, got 1"),
    ],
)
def test_says_which_system_it_wants(fields, message):
    with pytest.raises(ValueError, match=message):
        LinearDynamics(**fields)
