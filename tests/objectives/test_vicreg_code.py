"""Bardes, Ponce and LeCun (2022), as their code computes it."""

import pytest
import torch
from hypothesis import given
from pytorch_metric_learning.losses import VICRegLoss

from ssl_theory.checks.strategies import pairs
from ssl_theory.objectives import vicreg, vicreg_code
from tests.oracles.two_views import VICREG, two_views


@given(pairs())
def test_it_publishes_the_number_of_pytorch_metric_learning(pair):
    z, w = pair
    theirs = VICRegLoss(2.0, 3.0, 5.0)(z, ref_emb=w)
    torch.testing.assert_close(
        vicreg_code(2.0, 3.0, 5.0).published(z, w), theirs, rtol=1e-9, atol=1e-9
    )


def test_it_publishes_the_number_of_the_authors():
    assert vicreg_code().published(*two_views()).item() == pytest.approx(
        VICREG["authors"], abs=1e-10
    )


def test_a_library_that_adds_the_variance_penalties_doubles_their_weight():
    theirs = VICREG["solo-learn"]
    ours = vicreg_code(variance=50.0).published(*two_views()).item()
    assert ours == pytest.approx(theirs, abs=1e-10)


@given(pairs())
def test_it_is_the_papers_equation_with_other_weights(pair):
    z, w = pair
    paper = vicreg(25.0 / z.shape[1], 12.5, 1.0)
    torch.testing.assert_close(
        vicreg_code().published(z, w), paper.published(z, w), rtol=1e-9, atol=1e-9
    )
