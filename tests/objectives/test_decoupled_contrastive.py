"""Yeh et al. (2022): the positive leaves the denominator, and its coupling goes with it."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given

from ssl_theory.checks.strategies import pairs
from ssl_theory.objectives import decoupled_contrastive, simclr
from tests.oracles.contrastive import DECOUPLED
from tests.oracles.two_views import two_views


@given(pair=pairs())
def test_it_publishes_the_papers_sum_over_the_anchors(pair):
    views = [x.numpy() / np.linalg.norm(x.numpy(), axis=1, keepdims=True) for x in pair]
    n, losses = len(views[0]), []
    for k in (0, 1):
        for i in range(n):
            anchor = views[k][i]
            negatives = [
                math.exp(anchor @ views[m][j] / 0.2) for m in (0, 1) for j in range(n) if j != i
            ]
            losses.append(-anchor @ views[1 - k][i] / 0.2 + math.log(sum(negatives)))
    ours = decoupled_contrastive(temperature=0.2).published(*pair).item()
    assert ours == pytest.approx(sum(losses) / (2 * n), rel=1e-9, abs=1e-9)


@given(pair=pairs())
def test_nt_xent_is_its_softplus(pair):
    # Per anchor log(e^s + N) - s is the softplus of log N - s; Jensen turns that to a bound.
    coupled, decoupled = (make().published(*pair) for make in (simclr, decoupled_contrastive))
    assert coupled >= torch.nn.functional.softplus(decoupled) - 1e-9


def test_two_items_have_two_negatives():
    # Orthogonal views of two items: every negative is at cosine zero, every positive at one.
    z = torch.eye(2, dtype=torch.float64)
    published = decoupled_contrastive(temperature=0.5).published(z, z).item()
    assert published == pytest.approx(math.log(2) - 2, abs=1e-12)


@pytest.mark.parametrize("temperature", DECOUPLED)
def test_it_is_the_number_of_lightly(temperature):
    ours = decoupled_contrastive(temperature).published(*two_views()).item()
    assert ours == pytest.approx(DECOUPLED[temperature], abs=1e-9)
