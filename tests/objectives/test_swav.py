"""Caron et al. (2020): each view predicts the other's share of a balanced assignment."""

import numpy as np
import torch
from hypothesis import given
from scipy.special import log_softmax
from torch.nn.functional import normalize

from ssl_theory.checks.strategies import pairs
from ssl_theory.codes import Directions
from ssl_theory.objectives import swav


def _codes(scores, sharpness, iterations):
    # The paper's listing, item by item: a transport plan between prototypes and the batch.
    items, prototypes = scores.shape
    plan = np.exp(scores.T / sharpness)
    plan /= plan.sum()
    for _ in range(iterations):
        for k in range(prototypes):
            plan[k] *= 1 / prototypes / plan[k].sum()
        for i in range(items):
            plan[:, i] *= 1 / items / plan[:, i].sum()
    return (plan / plan.sum(0)).T


def _swapped(z, w, temperature=0.1):
    total = 0.0
    for predicting, assigned in ((z, w), (w, z)):
        log_p, q = log_softmax(predicting / temperature, axis=1), _codes(assigned, 0.05, 3)
        total += -np.mean([q[i] @ log_p[i] for i in range(len(z))])
    return total


PROTOTYPES = Directions(dimension=3, codes=5, seed=1)
OBJECTIVE = swav(prototypes=PROTOTYPES)
SCORES = normalize(PROTOTYPES.weight.detach()).T
of_width_three = pairs(dimensions=[3])


@given(of_width_three)
def test_it_publishes_the_swapped_prediction_of_balanced_codes(pair):
    z, w = (normalize(x) @ SCORES for x in pair)
    ours = OBJECTIVE.published(*pair).item()
    np.testing.assert_allclose(ours, _swapped(z.numpy(), w.numpy()), rtol=1e-9)


@given(of_width_three)
def test_the_authors_code_averages_what_the_paper_adds(pair):
    value = OBJECTIVE(*pair)
    torch.testing.assert_close(2 * value.alignment, OBJECTIVE.published(*pair))


def test_no_gradient_reaches_a_view_or_a_prototype_through_the_codes():
    views = torch.randn(2, 8, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    z, w = (x.requires_grad_() for x in views.unbind())
    leaves = z, w, PROTOTYPES.weight
    scores = [normalize(x) @ normalize(PROTOTYPES.weight).T for x in (z, w)]
    codes = [torch.from_numpy(_codes(s.detach().numpy(), 0.05, 3)) for s in scores]
    losses = [
        -(q * (s / 0.1).log_softmax(1)).sum(1).mean()
        for q, s in ((codes[1], scores[0]), (codes[0], scores[1]))
    ]
    expected = torch.autograd.grad(sum(losses) / 2, leaves)
    ours = torch.autograd.grad(OBJECTIVE(z, w).total, leaves)
    for mine, theirs in zip(ours, expected, strict=True):
        torch.testing.assert_close(mine, theirs, rtol=1e-9, atol=1e-12)


def test_prototypes_are_drawn_from_their_seed_and_from_nothing_else():
    before = torch.get_rng_state()
    one, same, other = (Directions(3, codes=4, seed=seed) for seed in (1, 1, 2))
    assert torch.equal(before, torch.get_rng_state())
    assert torch.equal(one.weight, same.weight) and not torch.equal(one.weight, other.weight)


def test_the_teacher_is_a_copy_of_this_moment_that_does_not_learn():
    learned = Directions(3, codes=4)
    model = swav(prototypes=learned).model
    assert not model.teacher.weight.requires_grad and torch.equal(
        model.teacher.weight, learned.weight
    )
    with torch.no_grad():
        learned.weight.mul_(-1)
    assert torch.equal(model.teacher.weight, -learned.weight)
    assert torch.equal(model.updated().teacher.weight, learned.weight)
