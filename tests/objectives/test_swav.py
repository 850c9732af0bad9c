"""Caron et al. (2020): each view predicts the other's share of a balanced assignment."""

import numpy as np
import torch
from hypothesis import given
from scipy.special import log_softmax
from torch.nn.functional import normalize

from ssl_theory.checks.strategies import pairs
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


@given(pairs())
def test_it_publishes_the_swapped_prediction_of_balanced_codes(pair):
    prototypes = torch.eye(pair[0].shape[1], dtype=torch.float64)
    z, w = (normalize(x) @ prototypes for x in pair)
    ours = swav().published(z, w).item()
    np.testing.assert_allclose(ours, _swapped(z.numpy(), w.numpy()), rtol=1e-9)


@given(pairs())
def test_the_authors_code_averages_what_the_paper_adds(pair):
    value = swav()(*pair)
    torch.testing.assert_close(2 * value.alignment, swav().published(*pair))


def test_no_gradient_reaches_a_view_through_its_codes():
    views = torch.randn(2, 8, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    z, w = (x.requires_grad_() for x in views.unbind())
    codes = [torch.from_numpy(_codes(x.detach().numpy(), 0.05, 3)) for x in (z, w)]
    losses = [
        -(q * (x / 0.1).log_softmax(1)).sum(1).mean() for q, x in ((codes[1], z), (codes[0], w))
    ]
    expected = torch.autograd.grad(sum(losses) / 2, (z, w))
    ours = torch.autograd.grad(swav()(z, w).total, (z, w))
    for mine, theirs in zip(ours, expected, strict=True):
        torch.testing.assert_close(mine, theirs, rtol=1e-9, atol=1e-12)
