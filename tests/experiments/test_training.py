"""A training is a value: how steep each step is, and what is asked afterwards."""

import pytest
import torch

from ssl_theory.experiments import Certificate, Training


def test_rates_fall_by_half_a_cosine_and_start_anew_for_the_certificate():
    training = Training(steps=10, rate=2.0, certificate=Certificate(share=0.4))
    assert training.continuation == 4
    # torch's own schedule, of each part by itself.
    for start, steps in ((0, 10), (10, 4)):
        optimiser = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=2.0)
        schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)
        for step in range(start, start + steps):
            assert training.rate_at(step) == pytest.approx(schedule.get_last_lr()[0], abs=1e-12)
            optimiser.step()
            schedule.step()


def test_a_constant_rate_stays():
    training = Training(steps=10, rate=2.0, schedule="constant")
    assert {training.rate_at(step) for step in range(12)} == {2.0}


def test_without_a_certificate_no_steps_are_added():
    assert Training(certificate=None).continuation == 0


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"steps": 0}, "`steps` must be at least 1, got 0. Train a little"),
        ({"batch": 1}, "`batch` must be at least 2, got 1: an entropy needs a spread"),
        ({"rate": 0.0}, "`rate` must be positive and finite, got 0.0. Use 1e-3"),
        ({"rate": float("inf")}, "`rate` must be positive and finite, got inf"),
        ({"weight_decay": -1.0}, "`weight_decay` must be at least 0 and finite, got -1.0"),
        ({"schedule": "linear"}, "`schedule` must be one of constant, cosine, got 'linear'"),
        ({"dtype": torch.float16}, "`dtype` must be torch.float32 or torch.float64, got torch.fl"),
    ],
)
def test_says_what_a_training_cannot_be(change, complaint):
    with pytest.raises(ValueError, match=complaint):
        Training(**change)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"share": 0.0}, "`share` must be above 0 and at most 1, got 0.0. Use 0.2"),
        ({"share": 1.5}, "`share` must be above 0 and at most 1, got 1.5"),
        ({"tolerance": 0.0}, "`tolerance` must be above 0 and at most 1, got 0.0. Use 0.01"),
        ({"batches": 1}, "`batches` must be at least 2, got 1: one has no standard error"),
    ],
)
def test_says_what_a_certificate_cannot_be(change, complaint):
    with pytest.raises(ValueError, match=complaint):
        Certificate(**change)
