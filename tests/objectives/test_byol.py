"""Grill et al. (2020): a slow network's projection is predicted, up to its length."""

import pytest
import torch
from hypothesis import given
from torch.nn.functional import cosine_similarity, mse_loss, normalize

from ssl_theory.alignment import Perceptron
from ssl_theory.checks.strategies import pairs
from ssl_theory.objectives import byol


@given(pairs(dimensions=[3]))
def test_it_publishes_the_squared_distance_of_directions(pair):
    online, target = pair
    predictor = Perceptron(3, seed=4)
    prediction = predictor(online)
    expected = mse_loss(normalize(prediction), normalize(target), reduction="sum") / len(online)
    ours = byol(predictor).published(online, target)
    torch.testing.assert_close(ours, expected, rtol=1e-9, atol=1e-9)
    by_cosine = 2 - 2 * cosine_similarity(prediction, target).mean()
    torch.testing.assert_close(ours, by_cosine, rtol=1e-9, atol=1e-9)


def test_its_gradient_is_that_of_a_loss_whose_target_is_detached():
    generator = torch.Generator().manual_seed(0)
    views = torch.randn(2, 8, 3, generator=generator, dtype=torch.float64)
    online, target = (x.requires_grad_() for x in views.unbind())
    predictor = Perceptron(3)
    leaves = [online, *predictor.parameters()]
    loss = 2 - 2 * cosine_similarity(predictor(online), target.detach()).mean()
    expected = torch.autograd.grad(loss, leaves)
    total = byol(predictor)(online, target).total
    ours = torch.autograd.grad(total, [*leaves, target])
    for mine, theirs in zip(ours, expected, strict=False):
        torch.testing.assert_close(mine, theirs, rtol=1e-9, atol=1e-12)
    assert ours[-1].abs().max().item() == pytest.approx(0, abs=1e-15)


def test_a_perfect_prediction_costs_nothing():
    z = torch.randn(8, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    predictor = Perceptron(3)
    assert byol(predictor).published(z, 5 * predictor(z).detach()).item() == pytest.approx(0)
