"""Chen et al. (2020): NT-Xent, as another library and as the paper's sum compute it."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from pytorch_metric_learning.losses import NTXentLoss, SelfSupervisedLoss

from ssl_theory.checks.strategies import pairs
from ssl_theory.objectives import info_nce, simclr


@pytest.mark.parametrize("temperature", [0.1, 0.5])
@given(pair=pairs())
def test_it_publishes_the_loss_of_pytorch_metric_learning(temperature, pair):
    theirs = SelfSupervisedLoss(NTXentLoss(temperature))(*pair)
    ours = simclr(temperature).published(*pair)
    torch.testing.assert_close(ours, theirs, rtol=1e-9, atol=1e-9)


@given(pair=pairs())
def test_it_publishes_equation_one_summed_over_every_anchor(pair):
    z, w = (x.numpy() / np.linalg.norm(x.numpy(), axis=1, keepdims=True) for x in pair)
    views, n = np.concatenate([z, w]), len(z)
    losses = []
    for anchor in range(2 * n):
        similarity = views @ views[anchor] / 0.2
        others = [math.exp(similarity[k]) for k in range(2 * n) if k != anchor]
        losses.append(-similarity[(anchor + n) % (2 * n)] + math.log(sum(others)))
    ours = simclr(temperature=0.2).published(*pair).item()
    assert ours == pytest.approx(np.mean(losses), rel=1e-9, abs=1e-9)


@given(pair=pairs())
def test_more_negatives_never_lower_the_published_loss(pair):
    assert simclr().published(*pair) >= info_nce().published(*pair) - 1e-12


def test_views_that_are_one_point_carry_no_information():
    z = torch.ones(8, 3, dtype=torch.float64)
    assert simclr()(z, z).total.item() == pytest.approx(0, abs=1e-12)
    assert simclr().published(z, z).item() == pytest.approx(math.log(15), abs=1e-12)
