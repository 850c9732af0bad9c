"""The band about what is read off a filter holds the share of places that it says."""

import numpy as np
import pytest
import torch
from scipy.stats import norm

from ssl_theory.alignment import Kalman, LinearDynamics
from ssl_theory.laboratory.filtered_readout import FilteredReadout, coverage, half_width, readout_r2

UNEVEN = (0.05, 0.8)  # so that the coordinates of the state are not believed in apart


def test_of_a_gaussian_it_is_the_gaussian_quantile():
    for level in (0.5, 0.95, 0.999):
        expected = 0.3 * norm.ppf((1 + level) / 2)
        assert half_width(0.3, level=level) == pytest.approx(expected, rel=1e-9)


def test_of_two_points_with_little_noise_it_is_beside_the_farther():
    """Half of all is within the nearer; of the farther's noise, 90 % must be for 95 % in all."""
    assert half_width(0.01, np.array([0.0, 1.0])) == pytest.approx(1 + 0.01 * norm.ppf(0.9))


def test_it_holds_the_share_of_a_sum_that_it_says():
    rng = np.random.default_rng(0)
    beyond = rng.uniform(-1, 2, size=500)
    drawn = 0.4 * rng.standard_normal(40_000) + rng.choice(beyond, size=40_000)
    inside = np.mean(np.abs(drawn) <= half_width(0.4, beyond, level=0.9))
    assert inside == pytest.approx(0.9, abs=5 * np.sqrt(0.9 * 0.1 / 40_000))


def _followed(films: int, moments: int = 30, trust: float = 1.0):
    """States of two turning dimensions, what a filter believes of them, and places linear in them.

    ``trust`` divides the noise that the filter reckons with.
    """
    dynamics = LinearDynamics(2, 2)
    with torch.no_grad():
        dynamics.transition.copy_(0.95 * torch.tensor([[0.9, -0.4], [0.4, 0.9]]).double())
        dynamics.log_process.copy_(torch.tensor(UNEVEN).log())
        dynamics.log_observation.fill_(np.log(0.5))
        rng = np.random.default_rng(1)
        state, states, seen = rng.standard_normal((films, 2)), [], []
        for _ in range(moments):
            state = state @ dynamics.transition.numpy().T
            state = state + np.sqrt(UNEVEN) * rng.standard_normal(state.shape)
            states.append(state)
            seen.append(state + np.sqrt(0.5) * rng.standard_normal(state.shape))
        dynamics.log_process -= np.log(trust)
        dynamics.log_observation -= np.log(trust)
        z = torch.from_numpy(np.stack(seen, 1))
        believed, spreads = (x.numpy() for x in Kalman(dynamics).filter(z))
    places = np.stack(states, 1) @ [[1.0, 2.0, 0.5], [0.3, -1.0, 2.0]] + [5.0, 0.0, 1.0]
    return believed, spreads, places


def test_the_band_holds_what_it_says_of_places_linear_in_the_state():
    believed, spreads, places = _followed(4000)
    fit = FilteredReadout.fitted(believed[2000:], places[2000:])
    band = fit.band(spreads)
    last = (slice(2000), slice(-1, None))  # a moment a film: these are independent
    inside = coverage(places[last], fit(believed[last]), band[-1:])
    assert inside == pytest.approx(0.95, abs=5 * np.sqrt(0.95 * 0.05 / 2000))
    errors = places[last][:, 0] - fit(believed[last])[:, 0]
    np.testing.assert_allclose(errors.std(0), fit.deviations(spreads)[-1], rtol=5 / np.sqrt(4000))


def test_a_difference_of_states_believed_in_together_is_known_better_than_their_sum():
    states = np.random.default_rng(3).standard_normal((1, 50, 2))
    fit = FilteredReadout.fitted(states, states @ [[1.0, 1.0], [-1.0, 1.0]])
    found = fit.deviations(np.array([[[1.0, 0.5], [0.5, 1.0]]]))
    np.testing.assert_allclose(found, np.sqrt([[1.0, 3.0]]), rtol=1e-9)


def test_the_map_is_that_of_the_state_itself():
    believed, _, places = _followed(4000)
    found = FilteredReadout.fitted(believed, places).map.matrix
    np.testing.assert_allclose(found, [[1.0, 2.0, 0.5], [0.3, -1.0, 2.0]], atol=0.02)


def test_a_filter_that_reckons_with_a_quarter_of_the_noise_promises_too_much():
    believed, spreads, places = _followed(2000, trust=4.0)
    fit = FilteredReadout.fitted(believed, places)
    inside = coverage(places[:, -1:], fit(believed[:, -1:]), fit.band(spreads)[-1:])
    expected = 2 * norm.cdf(1.96 / 2) - 1
    assert inside == pytest.approx(expected, abs=5 * np.sqrt(expected * (1 - expected) / 2000))


def test_r2_is_that_of_the_worse_coordinate():
    rng = np.random.default_rng(2)
    truth = rng.standard_normal((50, 20, 2))
    found = truth + [[[0.0, 0.5]]] * rng.standard_normal(truth.shape)
    rows = truth[..., 1].ravel(), found[..., 1].ravel()
    expected = 1 - np.square(rows[0] - rows[1]).mean() / rows[0].var()
    assert readout_r2(truth, found) == pytest.approx(expected)
