"""Modes have the moments they are named by, and deep networks learn them as the theory says."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from ssl_theory.linear_theory.deep_linear import embedding_optimum, embedding_time, view_optimum
from ssl_theory.processes import PredictableModes

MODES = PredictableModes((1.0, 0.8, 0.5), (0.4, 0.9, 0.7))


def test_a_regression_of_a_sample_finds_the_regressions():
    x, y = MODES.draw(40_000, seed=0)
    fitted = np.linalg.lstsq(x, y, rcond=None)[0]
    errors = np.sqrt((1 - np.square(MODES.regressions)) / 40_000)
    scale = np.sqrt(np.outer(1 / np.diag(MODES.covariance), np.diag(MODES.covariance)))
    assert (np.abs(fitted - np.diag(MODES.regressions)) < 5 * errors * scale).all()
    assert errors.max() < 0.005
    np.testing.assert_allclose(np.diag(MODES.cross_covariance), MODES.covariances)


@pytest.mark.parametrize("depth", [1, 2, 3])
@pytest.mark.parametrize("in_embedding", [True, False])
def test_deep_networks_on_its_moments_come_to_rest_where_the_theory_says(depth, in_embedding):
    # All layers and the predictor descend on their own, mode by mode, from one start.
    variance, shared = np.diag(MODES.covariance), np.diag(MODES.cross_covariance)

    def flow(_, flat):
        *layers, last = flat.reshape(depth + 1, -1)
        encoder = np.prod(layers, axis=0)
        target = encoder if in_embedding else 1.0
        error = last * encoder * variance - target * shared
        slopes = [-error * last * encoder / layer for layer in layers] + [-error * encoder]
        return np.concatenate(slopes)

    start = np.full((depth + 1) * 3, 0.4)
    end = solve_ivp(flow, (0, 3000), start, method="LSODA", rtol=1e-9, atol=1e-12).y[:, -1]
    encoder = np.prod(end.reshape(depth + 1, -1)[:-1], axis=0)
    optimum = embedding_optimum if in_embedding else view_optimum
    expected = [optimum(rho, depth) for rho in MODES.regressions]
    np.testing.assert_allclose(encoder, expected, rtol=1e-5)


def test_only_deep_networks_prefer_what_is_predictable_to_what_varies():
    # The second mode varies less and is predicted better; encoders go from 1e-3 to half.
    world = PredictableModes()
    for depth, order in ((2, [0, 1]), (3, [1, 0])):
        times = [
            embedding_time(rho, shared, depth, start=1e-3 ** (1 / depth), share=0.5 ** (1 / depth))
            for rho, shared in zip(world.regressions, world.covariances, strict=True)
        ]
        assert np.argsort(times).tolist() == order


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"covariances": (1.0, 0.0)}, r"`covariances` must be positive, got \(1.0, 0.0\)"),
        ({"covariances": ()}, r"`covariances` must be positive, got \(\)"),
        ({"regressions": (0.5,)}, "one number for each of 2 covariances, got 1"),
        ({"regressions": (0.5, 1.0)}, r"strictly between 0 and 1, got \(0.5, 1.0\)"),
    ],
)
def test_says_which_modes_it_wants(fields, message):
    with pytest.raises(ValueError, match=message):
        PredictableModes(**fields)
