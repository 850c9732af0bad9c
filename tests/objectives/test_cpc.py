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


@pytest.mark.parametrize("slope", [0.3, 0.8, 1.2])
def test_its_critic_sees_less_than_the_information_of_a_gaussian_pair(slope):
    # E[b w z] - E log E exp(b w' z) is b rho - b^2 / 2: at most rho^2 / 2, at b = rho, and always
    # below -log(1 - rho^2) / 2. The missing squares are what a log-bilinear critic lacks.
    rho, generator = 0.8, torch.Generator().manual_seed(0)
    predictor = LinearMap(1)
    torch.nn.init.constant_(predictor.matrix, slope)
    objective, found = cpc(predictor, dimension=1), []
    for _ in range(20):
        z = normal(500, 1, generator)
        w = rho * z + math.sqrt(1 - rho**2) * normal(500, 1, generator)
        found.append(-objective(z, w).total.item())
    error = np.std(found) / math.sqrt(len(found))
    assert error < 0.02
    assert abs(np.mean(found) - (slope * rho - slope**2 / 2)) < 5 * error
    assert np.mean(found) < -math.log(1 - rho**2) / 2 - 5 * error
