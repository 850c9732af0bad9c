"""Steps in a box: equally wide for every norm, never through a wall, their information exact."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import rel_entr
from scipy.stats import gennorm, kstest

from ssl_theory.processes import BoxPairs


def brute_force(power, deviation, cells=1200):
    """Information and moments of one coordinate, by the midpoint rule."""
    middle = (np.arange(cells) + 0.5) / cells
    width = deviation / gennorm(power).std()
    joint = np.exp(-((np.abs(middle[None] - middle[:, None]) / width) ** power))
    joint /= joint.sum(1, keepdims=True) * cells
    arrive = joint.sum(0)
    information = rel_entr(joint, arrive / cells).sum()
    mean = arrive @ middle
    return information, arrive @ (middle - mean) ** 2, middle - 0.5, joint, middle


@pytest.mark.parametrize(("power", "deviation"), [(1.0, 0.1), (2.0, 0.2), (4.0, 0.05)])
def test_information_and_moments_are_those_of_a_fine_grid(power, deviation):
    world = BoxPairs(2, power, deviation)
    information, spread, starts, joint, ends = brute_force(power, deviation)
    assert world.mutual_information == pytest.approx(2 * information, rel=2e-3)
    assert world.latent_partner_covariance[0, 0] == pytest.approx(spread, rel=1e-4)
    across = starts @ joint @ ends
    assert world.latent_cross_covariance[1, 1] == pytest.approx(across, rel=1e-4)


@pytest.mark.parametrize("power", [1.0, 2.0, 6.0])
def test_a_deviation_means_one_width_for_every_norm(power):
    world, n = BoxPairs(1, power, deviation=0.01), 20_000
    pairs = world.draw(n, seed=0)
    inner = np.abs(pairs.latents - 0.5) < 0.4  # no step gets from here to a wall
    steps = (pairs.partner_latents - pairs.latents)[inner]
    error = (steps**2).std() / np.sqrt(len(steps))
    assert error < 3e-6
    assert (steps**2).mean() == pytest.approx(1e-4, abs=5 * error)


@pytest.mark.parametrize("power", [1.0, 8.0])
def test_no_partner_is_outside_and_the_law_beside_a_wall_is_cut_off_not_folded(power):
    world = BoxPairs(1, power, deviation=0.3)
    pairs = world.draw(4000, seed=2)
    assert (pairs.y >= 0).all() and (pairs.y <= 1).all()
    assert kstest(pairs.x[:, 0], "uniform").pvalue > 1e-4
    law = gennorm(power, scale=world.step.width)
    z, partner = pairs.x[:, 0], pairs.y[:, 0]
    place = (law.cdf(partner - z) - law.cdf(-z)) / (law.cdf(1 - z) - law.cdf(-z))
    assert kstest(place, "uniform").pvalue > 1e-4


def test_the_density_ratio_is_one_on_average_over_where_a_partner_comes_from():
    world = BoxPairs(1, 2.0, 0.1)

    def ratio(start, end):
        return np.exp(world.density_ratio(np.array([[start]]), np.array([[end]])))[0]

    for end in (0.05, 0.6):
        mass = quad(ratio, 0, 1, args=(end,), limit=200)[0]
        assert mass == pytest.approx(1, rel=1e-5)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"dimension": 0}, "`dimension` must be at least 1, got 0"),
        ({"power": -1.0}, "`power` must be positive, got -1.0"),
        ({"deviation": 0.0}, "`deviation` must be positive, got 0.0"),
    ],
)
def test_says_which_boxes_it_wants(arguments, message):
    with pytest.raises(ValueError, match=message):
        BoxPairs(**arguments)
