"""A certificate says why it holds, and holds only if what is left to gain is surely small."""

import math

import numpy as np
import pytest

from ssl_theory.experiments import Certificate, Training
from ssl_theory.experiments.certificate import findings

TRAINING = Training(steps=100, certificate=Certificate(share=0.5, tolerance=0.1))
SPREAD = np.array([-1.0, 1.0, -1.0, 1.0])  # of mean 0 and standard error 2 / sqrt(3) / 2
ERROR = 1 / math.sqrt(3)


def found(gained, left, noise=0.0, field=False, training=TRAINING):
    """What is said of a training that gained so much, and would gain so much more."""
    after = np.array([3.0, 4.0, 5.0, 6.0])
    later = after - left - noise * SPREAD
    return findings(training, np.zeros(3), after + gained, after, later, field)


@pytest.mark.parametrize(
    ("gained", "left", "noise", "converged"),
    [
        (10.0, 0.9, 0.0, True),
        (10.0, 1.1, 0.0, False),
        (10.0, -5.0, 0.0, True),  # nothing is left to gain where the loss would rise
        (10.0, 0.5, 0.24 / ERROR, True),  # two standard errors are 0.48
        (10.0, 0.5, 0.26 / ERROR, False),
        (-10.0, 0.0, 0.01, False),  # training that lost has gained nothing to compare with
    ],
)
def test_what_is_left_with_two_standard_errors_must_be_a_small_part(gained, left, noise, converged):
    said = found(gained, left, noise)
    assert said.converged is converged
    assert said.sentence.startswith("Converged: " if converged else "UNCONVERGED: ")


def test_what_follows_a_field_may_not_move_either_way():
    assert not found(10.0, -5.0, field=True).converged
    assert found(-10.0, -0.5, field=True).converged


def test_the_sentence_has_its_numbers():
    assert found(10.0, 0.5, 0.1).sentence == (
        "Converged: 50 further steps would lower the loss by 0.5 +- 0.058, at most 0.1 of the 10 "
        "by which training lowered it."
    )
    assert found(10.0, 1.0, 0.1, field=True).sentence == (
        "UNCONVERGED: 50 further steps would change the loss by 1 +- 0.058, not surely at most "
        "0.1 of the 10 by which training changed it."
    )


def test_a_loss_that_is_lost_only_afterwards_is_not_passed_over():
    after = np.ones(4)
    lost = findings(TRAINING, np.zeros(3), after, after, after * np.nan, field=False)
    assert lost.sentence == "UNCONVERGED: the loss is not finite on fresh data. Lower the rate."
    assert not lost.converged
