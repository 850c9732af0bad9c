"""A stop-gradient leaves the surprise of a prediction to its context and to its predictor."""

import pytest
import torch
from hypothesis import given

from ssl_theory.alignment import Gaussian, Perceptron, Predicted, VonMisesFisher
from ssl_theory.checks.strategies import pairs
from ssl_theory.uniformity import StopGradient


@given(pairs(dimensions=[3]))
def test_only_the_target_feels_it_and_it_feels_the_slope_of_the_density(pair):
    z, w = (x.clone().requires_grad_() for x in pair)
    variance = 0.3
    model = Predicted(Gaussian(variance), Perceptron(3))
    StopGradient(model).entropy(w, given=z).backward()
    # d/dw of |w - h|^2 / (2 variance), averaged over the items.
    torch.testing.assert_close(w.grad, (w - model.answer(z)).detach() / variance / len(z))
    assert z.grad is None
    assert all(p.grad is None for p in model.predictor.parameters())


@given(pairs(dimensions=[3]))
def test_it_is_the_surprise_whether_or_not_anything_may_move(pair):
    z, w = pair
    model = Predicted(VonMisesFisher(2.0), Perceptron(3))
    surprise = -model.log_density(w, given=z).mean()
    free = StopGradient(model).entropy(w.clone().requires_grad_(), given=z)
    still = StopGradient(model).entropy(w, given=z)
    torch.testing.assert_close(free, surprise)
    torch.testing.assert_close(still, surprise)
    assert free.requires_grad and not still.requires_grad


@pytest.mark.parametrize("mode", [torch.no_grad, torch.inference_mode])
def test_it_can_be_read_where_no_gradient_is_taken(mode):
    with mode():
        z = torch.ones(4, 3, dtype=torch.float64)
        entropy = StopGradient(Gaussian()).entropy(z, given=z)
    # The entropy that a unit Gaussian claims at its centre.
    assert entropy.item() == pytest.approx(1.5 * 1.8378770664093453)
