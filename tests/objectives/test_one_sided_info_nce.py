"""InfoNCE in one direction is half of InfoNCE in two."""

import pytest
import torch
from hypothesis import given
from pytorch_metric_learning.losses import NTXentLoss, SelfSupervisedLoss

from ssl_theory.checks.strategies import pairs
from ssl_theory.objectives import info_nce, one_sided_info_nce


@pytest.mark.parametrize("temperature", [0.1, 0.5])
@given(pair=pairs())
def test_it_publishes_the_loss_of_pytorch_metric_learning_with_queries_and_references(
    temperature, pair
):
    z, w = pair
    theirs = SelfSupervisedLoss(NTXentLoss(temperature), symmetric=False)(w, z)
    ours = one_sided_info_nce(temperature).published(z, w)
    torch.testing.assert_close(ours, theirs, rtol=1e-9, atol=1e-9)


@given(pair=pairs())
def test_both_directions_average_to_info_nce(pair):
    z, w = pair
    there, back = one_sided_info_nce().published(z, w), one_sided_info_nce().published(w, z)
    torch.testing.assert_close((there + back) / 2, info_nce().published(z, w))
