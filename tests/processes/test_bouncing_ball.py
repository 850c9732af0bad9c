"""A ball stays in its box, keeps its speed, and forgets its place as the triangle wave does."""

from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import kstest

from ssl_theory.processes import BouncingBall

BALL = BouncingBall(radius=0.1, speed=0.3, steps=30)


def bounced(place, velocity, low, high):
    """One step, wall by wall: another route to the fold."""
    place = place + velocity
    while not low <= place <= high:
        wall = low if place < low else high
        place, velocity = 2 * wall - place, -velocity
    return place, velocity


def test_moves_straight_and_leaves_walls_as_a_mirror_says():
    drawn = BouncingBall(radius=0.1, speed=2.5).draw(20, seed=0)
    for flight in drawn.latents:
        for now, later in pairwise(flight):
            for axis in range(2):
                expected = bounced(now[axis], now[2 + axis], 0.1, 0.9)
                np.testing.assert_allclose(later[[axis, 2 + axis]], expected, atol=1e-12)


def test_keeps_its_speed():
    speeds = np.abs(BALL.draw(50, seed=1).latents[..., 2:])
    np.testing.assert_allclose(speeds, speeds[:, :1] * np.ones((30, 1)))
    assert speeds.max() <= 0.3


@pytest.mark.parametrize("moment", [0, 29])
def test_the_place_is_uniform_at_every_moment(moment):
    place = BALL.draw(2000, seed=2).x[:, moment]
    for coordinate in place.T:
        assert kstest(coordinate, "uniform", args=(0.1, 0.8)).pvalue > 1e-5


@pytest.mark.parametrize("lag", [1, 2, 5, 20])
def test_places_correlate_as_the_triangle_wave_does(lag):
    x = BouncingBall(radius=0.1, speed=0.4, steps=21).draw(8000, seed=3).x - 0.5
    products = x[:, 0, :, None] * x[:, lag, None, :]
    errors = products.std(0) / np.sqrt(len(x))
    truth = BouncingBall(radius=0.1, speed=0.4).autocovariance(lag)
    assert (np.abs(products.mean(0) - truth) < 5 * errors).all()
    assert errors.max() < 0.02 * 0.8**2 / 12 * 3


def test_the_autocovariance_is_the_series_of_the_wave():
    # fold(u) = 1/2 - (4 / pi^2) sum over odd k of cos(k pi u) / k^2
    odd = np.arange(1, 4001, 2)
    wave = lambda v: 8 / np.pi**4 * np.sum(np.cos(odd * np.pi * v) / odd**4)  # noqa: E731
    for speed in (0.3, 1.0, 1.7):
        mean = quad(wave, 0, speed, limit=200)[0] / speed
        assert BouncingBall(speed=speed).cross_covariance[0, 0] == pytest.approx(mean, abs=1e-9)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"dimension": 0}, "`dimension` must be at least 1, got 0"),
        ({"radius": 0.5}, "`radius` must be at least 0 and below 0.5, got 0.5"),
        ({"speed": 0.0}, "`speed` must be positive, got 0.0"),
        ({"steps": 1}, "`steps` must be at least 2, got 1"),
    ],
)
def test_says_which_ball_it_wants(fields, message):
    with pytest.raises(ValueError, match=message):
        BouncingBall(**fields)
