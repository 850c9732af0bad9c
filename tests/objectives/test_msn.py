"""Assran et al. (2022): masked anchors predict sharpened targets, and use all prototypes."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from scipy.special import softmax
from scipy.stats import entropy
from torch.nn.functional import cross_entropy, normalize

from ssl_theory.checks import conformance
from ssl_theory.checks.strategies import pairs
from ssl_theory.codes import Directions
from ssl_theory.objectives import msn


def _sharpened(scores):
    power = (scores / 0.1).softmax(1) ** (1 / 0.25)
    return power / power.sum(1, keepdim=True)


@given(pairs())
def test_it_publishes_a_cross_entropy_less_the_entropy_of_the_mean_prediction(pair):
    # Unit vectors, as its cosines to prototypes are: the power of a probability underflows.
    anchor, target = (x / x.norm(dim=1, keepdim=True) for x in pair)
    spread = entropy(softmax(anchor.numpy() / 0.1, axis=1).mean(0))
    expected = cross_entropy(anchor / 0.1, _sharpened(target)) - spread
    ours = msn().published(anchor, target)
    torch.testing.assert_close(ours, expected, rtol=1e-9, atol=1e-9)


def test_its_anchors_feel_what_they_would_feel_of_a_detached_target():
    views = torch.randn(2, 8, 4, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    anchor, target = views.unbind()
    anchor.requires_grad_()
    mean = (anchor / 0.1).softmax(1).mean(0)
    loss = cross_entropy(anchor / 0.1, _sharpened(target)) + (mean * mean.log()).sum()
    (expected,) = torch.autograd.grad(loss, anchor)
    (ours,) = torch.autograd.grad(msn()(anchor, target).total, anchor)
    torch.testing.assert_close(ours, expected, rtol=1e-9, atol=1e-12)


@given(pairs())
def test_it_is_at_least_minus_the_log_of_the_number_of_prototypes(pair):
    d = pair[0].shape[1]
    assert msn()(*pair).total.item() >= -torch.tensor(d).log().item() - 1e-6


def test_the_bound_is_reached_by_sure_and_balanced_codes_and_collapse_stands_at_zero():
    balanced = 10 * torch.eye(4, dtype=torch.float64)
    ours = msn()(balanced, balanced).total
    torch.testing.assert_close(ours, -torch.tensor(4.0, dtype=torch.float64).log())
    collapsed = balanced[:1].expand(4, 4)
    assert abs(msn()(collapsed, collapsed).total.item()) < 1e-12


@given(pairs())
def test_the_authors_code_adds_the_log_of_the_number_of_prototypes(pair):
    # Their regulariser is a divergence from equal use, so it is zero where codes are balanced.
    anchor, target = (x / x.norm(dim=1, keepdim=True) for x in pair)
    mean = (anchor / 0.1).softmax(1).mean(0)
    equal = torch.full_like(mean, 1 / len(mean))
    divergence = entropy(mean.numpy(), equal.numpy())
    expected = cross_entropy(anchor / 0.1, _sharpened(target)).item() + divergence
    ours = msn().published(anchor, target).item() + math.log(len(mean))
    assert ours == pytest.approx(expected, abs=1e-9)


def _information(codes):
    """Of an item, drawn from the batch, and its code: the mean divergence from the mean code."""
    return np.mean([entropy(code, codes.mean(0)) for code in codes])


@given(pairs())
def test_with_targets_that_are_the_predictions_it_is_minus_the_information_of_codes(pair):
    z, _ = pair
    codes = softmax(z.numpy() / 0.5, axis=1)
    ours = msn(temperature=0.5, sharpening=1.0)(z, z).total.item()
    assert ours == pytest.approx(-_information(codes), abs=1e-9)


def test_hedging_earns_entropy_that_is_no_information():
    # All targets are one code, so there is nothing to know; predictions that are 4 to 1 sure of it
    # pay log(5/4) and are credited with the entropy of (4/5, 1/5).
    sure = torch.tensor([[1.0, -1.0]], dtype=torch.float64).expand(6, 2)
    hedged = 0.1 * torch.tensor([[4.0, 1.0]], dtype=torch.float64).log().expand(6, 2)
    total = msn()(hedged, sure).total.item()
    assert total == pytest.approx(math.log(5 / 4) - entropy([0.8, 0.2]), abs=1e-9)
    assert total < -0.27


def test_prototypes_learn_with_the_anchor_and_not_with_the_target():
    learned = Directions(dimension=3, codes=5, seed=1)
    views = torch.randn(2, 8, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    z, w = (x.requires_grad_() for x in views.unbind())
    anchor, target = (normalize(x) @ normalize(learned.weight).T for x in (z, w))
    mean = (anchor / 0.1).softmax(1).mean(0)
    expected = cross_entropy(anchor / 0.1, (target.detach() / 0.025).softmax(1))
    expected = expected + (mean * mean.log()).sum()
    objective = msn(prototypes=learned)
    torch.testing.assert_close(objective.published(z, w), expected, rtol=1e-9, atol=1e-9)
    ours = torch.autograd.grad(objective(z, w.detach()).total, (z, learned.weight))
    torch.testing.assert_close(ours, torch.autograd.grad(expected, (z, learned.weight)))
    for check in conformance(objective):
        check.run()
