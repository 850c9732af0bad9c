"""A loss that no noise explains raises an alarm at once, however much the channel remembers."""

import numpy as np
import pytest

from ssl_theory.collapse.detector import Channel, Detector
from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.monitor import Monitor
from ssl_theory.collapse.sequential.burn_in import Reference

TOLERANCE, BURN_IN = 0.4, 40
SIZE = Detector(
    Kind.COMPLETE,
    (Channel("size", "lower", TOLERANCE),),
    lambda seen: {},
    sees="size",
    blind_to="all else",
)


def wandering(seed, probes=120, memory=0.95, spread=0.02):
    """An autoregression of this standard deviation."""
    generator = np.random.default_rng(seed)
    x = spread * generator.standard_normal(probes)
    for t in range(1, probes):
        x[t] = memory * x[t - 1] + np.sqrt(1 - memory**2) * x[t]
    return x


def first_alarm(values, tolerance=TOLERANCE):
    monitor = Monitor(
        [SIZE], burn_in=BURN_IN, longest_burn_in=BURN_IN, tolerances={"size": tolerance}
    )
    for step, value in enumerate(values):
        monitor.update({"size": value}, step=step)
    return monitor.alarm


def test_twice_the_tolerance_is_found_within_three_probes_in_what_hardly_forgets():
    alarms = []
    for seed in range(10):
        x = wandering(seed)
        x[80:] -= 2 * TOLERANCE
        alarms.append(first_alarm(x))
    assert all(80 < alarm.step <= 82 and alarm.kinds == (Kind.COMPLETE,) for alarm in alarms)
    assert not all(alarm.promised for alarm in alarms)  # evidence alone comes late, or never


def test_one_probe_is_not_enough():
    x = wandering(0)
    x[80] -= 5 * TOLERANCE
    assert first_alarm(x) is None


@pytest.mark.parametrize("seed", range(10))
def test_what_is_tolerated_is_not_lost(seed):
    x = wandering(seed)
    x[80:] -= 0.8 * TOLERANCE
    assert first_alarm(x) is None


def test_noise_larger_than_the_tolerance_is_no_plain_loss():
    """Of 200 streams of 80 watched probes, 1 in 16,000 is promised to evidence: 1 in all is rare,
    though a third of their medians of three are beyond the tolerance."""
    alarms = sum(
        first_alarm(np.random.default_rng(seed).standard_normal(120), 0.3) is not None
        for seed in range(200)
    )
    assert alarms <= 4  # Poisson of mean 0.8: more than 4 once in 700


def test_noise_reaches_four_standard_deviations_of_the_autoregression():
    x = wandering(0, probes=200_000, memory=0.8, spread=1.0)
    innovation = np.sqrt(1 - 0.8**2)
    reach = Reference(np.zeros(()), np.zeros(()), np.array(innovation), np.array(0.8)).reach
    assert reach == pytest.approx(4 * x.std(), rel=0.02)
