"""Chen and He (2021): each view predicts the other, and neither is moved as a target."""

import torch
from hypothesis import given
from torch.nn.functional import cosine_similarity

from ssl_theory.alignment import Perceptron
from ssl_theory.checks.strategies import pairs
from ssl_theory.objectives import byol, simsiam


def _loss(predictor, z, w):
    # The paper's algorithm 1, with its order of arguments: prediction, then projection.
    distance = lambda p, z: -cosine_similarity(p, z.detach(), dim=1).mean()  # noqa: E731
    return distance(predictor(z), w) / 2 + distance(predictor(w), z) / 2


@given(pairs(dimensions=[3]))
def test_it_publishes_the_symmetric_negative_cosine(pair):
    predictor = Perceptron(3, seed=4)
    ours = simsiam(predictor).published(*pair)
    torch.testing.assert_close(ours, _loss(predictor, *pair), rtol=1e-9, atol=1e-9)


def test_its_gradient_is_that_of_the_papers_algorithm():
    views = torch.randn(2, 8, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    leaves = [x.requires_grad_() for x in views.unbind()]
    predictor = Perceptron(3)
    everything = [*leaves, *predictor.parameters()]
    expected = torch.autograd.grad(_loss(predictor, *leaves), everything)
    ours = torch.autograd.grad(simsiam(predictor)(*leaves).total, everything)
    for mine, theirs in zip(ours, expected, strict=True):
        torch.testing.assert_close(mine, theirs, rtol=1e-9, atol=1e-12)


@given(pairs(dimensions=[3]))
def test_byol_is_twice_the_same_distance_when_its_two_networks_are_one(pair):
    z, w = pair
    predictor = Perceptron(3)
    both_calls = byol(predictor).published(z, w) + byol(predictor).published(w, z)
    torch.testing.assert_close(both_calls, 4 + 4 * simsiam(predictor).published(z, w))
