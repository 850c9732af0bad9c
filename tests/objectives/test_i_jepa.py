"""Assran et al. (2023): predict the latents of hidden patches."""

import torch
from hypothesis import given
from torch.nn.functional import mse_loss, smooth_l1_loss

from ssl_theory.alignment import Perceptron
from ssl_theory.checks.strategies import pairs
from ssl_theory.objectives import i_jepa


@given(pairs(dimensions=[3]))
def test_it_publishes_the_mean_squared_distance_of_patches(pair):
    context, target = pair
    predictor = Perceptron(3, seed=2)
    expected = mse_loss(predictor(context), target, reduction="sum") / len(context)
    ours = i_jepa(predictor).published(context, target)
    torch.testing.assert_close(ours, expected, rtol=1e-9, atol=1e-9)


def test_the_authors_code_has_half_of_it_per_dimension_while_no_error_exceeds_one():
    generator = torch.Generator().manual_seed(0)
    context, noise = torch.randn(2, 8, 3, generator=generator, dtype=torch.float64)
    predictor = Perceptron(3)
    target = predictor(context).detach() + noise / noise.abs().max()
    ours = i_jepa(predictor).published(context, target) / (2 * 3)
    torch.testing.assert_close(ours, smooth_l1_loss(predictor(context), target))


def test_encoder_and_predictor_feel_a_detached_target():
    views = torch.randn(2, 8, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    context, target = (x.requires_grad_() for x in views.unbind())
    predictor = Perceptron(3)
    leaves = [context, *predictor.parameters()]
    loss = mse_loss(predictor(context), target.detach(), reduction="sum") / 8
    expected = torch.autograd.grad(loss, leaves)
    ours = torch.autograd.grad(i_jepa(predictor)(context, target).total, leaves)
    for mine, theirs in zip(ours, expected, strict=True):
        torch.testing.assert_close(mine, theirs, rtol=1e-9, atol=1e-12)
