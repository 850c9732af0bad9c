"""Khosla et al. (2020): the loss of another library, and its two limits."""

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from pytorch_metric_learning.losses import SupConLoss

from ssl_theory.checks.strategies import pairs
from ssl_theory.objectives import simclr, supcon


@pytest.mark.parametrize("temperature", [0.1, 0.5])
@given(pair=pairs(), seed=st.integers(0, 100))
def test_it_publishes_the_loss_of_pytorch_metric_learning(temperature, pair, seed):
    generator = torch.Generator().manual_seed(seed)
    labels = torch.randint(0, 3, (len(pair[0]),), generator=generator)
    labels[:2] = torch.tensor([0, 1])  # theirs is zero without a negative
    theirs = SupConLoss(temperature)(torch.cat(pair), torch.cat([labels, labels]))
    ours = supcon(labels, temperature).published(*pair)
    torch.testing.assert_close(ours, theirs, rtol=1e-9, atol=1e-9)


@given(pair=pairs())
def test_where_every_label_differs_it_is_simclr(pair):
    ours = supcon(tuple(range(len(pair[0]))))
    torch.testing.assert_close(ours.published(*pair), simclr().published(*pair))


def test_kinds_that_are_points_at_right_angles():
    # Three items of each of two kinds: five positives at cosine one, six negatives at zero.
    z = torch.eye(2, dtype=torch.float64).repeat_interleave(3, dim=0)
    published = supcon((0, 0, 0, 1, 1, 1), temperature=0.5).published(z, z).item()
    assert published == pytest.approx(math.log(5 * math.exp(2) + 6) - 2, abs=1e-12)


def test_labels_may_be_a_tensor_and_two_objectives_of_equal_labels_are_equal():
    assert supcon(torch.tensor([0, 1, 1])) == supcon((0, 1, 1)) != supcon((0, 0, 1))
