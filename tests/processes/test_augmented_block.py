"""What is shaken too hard shrinks, at the rate that was foretold."""

import numpy as np
import pytest

from ssl_theory.processes import AugmentedBlock


def info_nce(scale, data, shaken):
    """On squared distances of one coordinate, with the unshaken data as negatives."""
    against = -((scale * (data[:, None] - data[None, :])) ** 2) / 2
    positives = -((scale * (data - shaken)) ** 2) / 2
    return np.log(np.exp(against).mean(1)).mean() - positives.mean()


@pytest.mark.parametrize(("strength", "lives"), [(1.0, True), (3.0, False)])
def test_a_small_encoder_grows_at_the_stated_rates(strength, lives):
    world, n = AugmentedBlock(1, 1, strength), 1500
    pairs = world.draw(n, seed=0)
    small, step = 1e-2, 1e-4
    for axis, rate in enumerate(world.growth_rates):
        x, y = pairs.x[:, axis], pairs.y[:, axis]
        ends = [info_nce(small + sign * step, x, y) for sign in (1, -1)]
        measured = -(ends[0] - ends[1]) / (2 * step) / small
        # Twice a variance of one, less one of `strength` (or none).
        error = np.sqrt((4 * 2 + (2 - rate) ** 2 * 2) / n)
        assert error < 0.2
        assert measured == pytest.approx(rate, abs=5 * error)
    assert bool(world.growth_rates.min() > 0) is lives


def test_a_coordinate_that_both_views_have_exactly_tells_without_end():
    assert AugmentedBlock(clean=1).mutual_information == np.inf
    shaken = AugmentedBlock(clean=0, augmented=2, strength=3.0)
    assert shaken.mutual_information == pytest.approx(np.log(4 / 3))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"clean": -1}, "`clean` must be at least 0, got -1"),
        ({"augmented": 0}, "`augmented` must be at least 1, got 0"),
        ({"strength": 0.0}, "`strength` must be positive, got 0.0"),
    ],
)
def test_says_which_blocks_it_wants(arguments, message):
    with pytest.raises(ValueError, match=message):
        AugmentedBlock(**arguments)
