"""What is lost within a few probes is a loss, though as much is tolerated of slow training."""

import numpy as np
import pytest
import scipy.linalg

from ssl_theory.collapse.detector import Channel, Detector
from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.monitor import Monitor
from ssl_theory.collapse.sequential.sudden import WINDOW, drop, drop_deviation

TOLERANCE, SUDDEN, BURN_IN = 0.4, 0.1, 40
SIZE = Detector(
    Kind.COMPLETE,
    (Channel("size", "lower", TOLERANCE),),
    lambda seen: {},
    sees="size",
    blind_to="all else",
)


def autoregression(seed, probes, memory, streams=1):
    """Of innovations of standard deviation 1, from its stationary law."""
    x = np.random.default_rng(seed).standard_normal((streams, probes))
    x[:, 0] /= np.sqrt(1 - memory**2)
    for t in range(1, probes):
        x[:, t] += memory * x[:, t - 1]
    return x


def watched(values):
    monitor = Monitor(
        [SIZE],
        burn_in=BURN_IN,
        longest_burn_in=BURN_IN,
        sudden_tolerances={"size": SUDDEN},
    )
    for step, value in enumerate(values):
        monitor.update({"size": value}, step=step)
    return monitor.alarm


@pytest.mark.parametrize("memory", [0.0, 0.5, 0.9])
def test_no_drop_deviates_further_than_is_allowed_nor_much_less(memory):
    drops = drop(autoregression(0, WINDOW, memory, streams=40_000))
    # The standard error of a deviation of 40,000 numbers is 0.4 % of it.
    assert 0.75 < drops.std() / drop_deviation(memory) < 1.0 - 0.015


@pytest.mark.parametrize("memory", [0.0, 0.5, 0.9])
def test_a_quarter_more_than_a_difference_of_means_deviates_is_allowed(memory):
    weights = np.repeat([-1 / 9, 0.0, 1 / 3], [9, 1, 3])
    together = scipy.linalg.toeplitz(memory ** np.arange(WINDOW)) / (1 - memory**2)
    exact = np.sqrt(weights @ together @ weights)
    assert drop_deviation(memory) == pytest.approx(1.25 * exact, rel=1e-12)


def test_as_many_probes_as_there_are_in_the_window_are_needed():
    with pytest.raises(ValueError, match="must be 13 probes, got 12"):
        drop(np.zeros(12))


@pytest.mark.parametrize("seed", range(5))
def test_half_of_what_is_tolerated_is_an_alarm_if_it_is_lost_at_once(seed):
    x = 0.01 * autoregression(seed, 120, 0.5)[0]
    x[80:] -= TOLERANCE / 2
    alarm = watched(x)
    assert 80 < alarm.step <= 82 and alarm.kinds == (Kind.COMPLETE,)
    assert "within a few probes" in alarm.reason and not alarm.promised


@pytest.mark.parametrize("seed", range(5))
def test_and_none_if_it_is_lost_slowly(seed):
    x = 0.01 * autoregression(seed, 120, 0.5)[0]
    x[40:] -= np.linspace(0, TOLERANCE / 2, 80)
    assert watched(x) is None


@pytest.mark.parametrize("seed", range(5))
def test_what_is_gained_at_once_is_no_loss(seed):
    x = 0.01 * autoregression(seed, 120, 0.5)[0]
    x[80:] += TOLERANCE
    assert watched(x) is None


def test_where_nothing_else_is_said_no_more_may_be_lost_at_once_than_in_all():
    following = Monitor([SIZE], tolerances={"size": 0.3})._following["size"]
    assert following.sudden_tolerance == 0.3
