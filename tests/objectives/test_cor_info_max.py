"""Ozsoy et al. (2022): log determinants of moving covariances."""

import numpy as np
import pytest
import torch
from hypothesis import given

from ssl_theory.checks.strategies import pairs
from ssl_theory.objectives import cor_info_max


def loss(views, past, weight, memory=0.01, floor=1e-8):
    """The authors' loss with a past ``(mean, covariance)`` for each view, and the pasts after."""
    d = views[0].shape[1]
    total, after = weight * np.mean((views[0] - views[1]) ** 2), []
    for view, (mean, covariance) in zip(views, past, strict=True):
        mean = memory * mean + (1 - memory) * view.mean(0)
        scatter = np.mean([np.outer(row, row) for row in view - mean], axis=0)
        covariance = memory * covariance + (1 - memory) * scatter
        total -= np.linalg.slogdet(covariance + floor * np.eye(d)).logabsdet / d
        after.append((mean, covariance))
    return total, after


def nothing(d):
    return [(np.zeros(d), np.eye(d))] * 2


@pytest.mark.parametrize("weight", [250.0, 2.0])
@given(pair=pairs())
def test_it_publishes_the_first_loss_of_the_authors_code(weight, pair):
    expected, _ = loss([x.numpy() for x in pair], nothing(pair[0].shape[1]), weight)
    ours = cor_info_max(weight).published(*pair).item()
    assert ours == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_it_publishes_the_later_losses_where_both_views_have_one_past():
    # A view and itself in another order have the same moments, so that two pasts stay one.
    rng, d, past, objective = np.random.default_rng(0), 3, nothing(3), cor_info_max(2.0)
    for _ in range(4):
        z = rng.standard_normal((9, d)) + 1
        views = [z, z[::-1].copy()]
        expected, past = loss(views, past, 2.0)
        ours = objective.published(*map(torch.from_numpy, views)).item()
        assert ours == pytest.approx(expected, abs=1e-9)
        objective = cor_info_max(2.0, objective.uniformity.updated(*map(torch.from_numpy, views)))
