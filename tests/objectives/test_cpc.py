"""Van den Oord, Li and Vinyals (2018): a log-bilinear critic tells the future from the rest."""

import math

import numpy as np
import pytest
import torch
from torch.nn.functional import cross_entropy

from ssl_theory.alignment import LinearMap, Perceptron
from ssl_theory.objectives import cpc
from tests.uniformity.laws import normal


@pytest.fixture
def pair():
    generator = torch.Generator().manual_seed(0)
    z = normal(9, 3, generator)
    return z, z + 0.3 * normal(9, 3, generator)


@pytest.mark.parametrize("seed", [0, 1])
def test_it_publishes_equation_4_context_by_context(seed, pair):
    contexts, futures = (x.numpy() for x in pair)
    matrix = LinearMap(3, seed).matrix.detach().numpy()
    losses = []
    for i, context in enumerate(contexts):
        critic = [math.exp(future @ matrix @ context) for future in futures]
        losses.append(-math.log(critic[i] / math.fsum(critic)))
    ours = cpc(seed=seed).published(*pair).item()
    assert ours == pytest.approx(np.mean(losses), rel=1e-9, abs=1e-9)


def test_any_predictor_is_compared_by_inner_products(pair):
    z, w = pair
    predictor = Perceptron(3)
    theirs = cross_entropy(predictor(z) @ w.T, torch.arange(len(z)))
    ours = cpc(predictor).published(z, w)
    torch.testing.assert_close(ours, theirs, rtol=1e-9, atol=1e-9)


def test_the_predictor_learns_from_the_total(pair):
    z, w = pair
    predictor = LinearMap(3)
    (ours,) = torch.autograd.grad(cpc(predictor)(z, w).total, predictor.matrix)
    theirs = cross_entropy(predictor(z) @ w.T, torch.arange(len(z)))
    torch.testing.assert_close(ours, *torch.autograd.grad(theirs, predictor.matrix))


def test_a_prediction_that_ignores_its_context_tells_nothing(pair):
    blind = LinearMap(3)
    torch.nn.init.zeros_(blind.matrix)
    assert cpc(blind)(*pair).total.item() == pytest.approx(0, abs=1e-12)
