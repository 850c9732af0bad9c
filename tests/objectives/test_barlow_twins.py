"""Zbontar et al. (2021): correlations across the views, towards the identity."""

import numpy as np
import pytest
import torch
from hypothesis import given

from ssl_theory.checks.strategies import pairs
from ssl_theory.objectives import barlow_twins
from tests.oracles.two_views import BARLOW_TWINS, two_views


def equation(correlations, weight):
    own = np.diag(correlations)
    others = correlations[~np.eye(len(correlations), dtype=bool)]
    return np.sum((1 - own) ** 2) + weight * np.sum(others**2)


def across(z, w):
    d = z.shape[1]
    return np.corrcoef(z.T, w.T)[:d, d:]


@pytest.mark.parametrize("weight", [0.005, 1.0])
@given(pair=pairs())
def test_it_publishes_its_equation(weight, pair):
    expected = equation(across(*(x.numpy() for x in pair)), weight)
    ours = barlow_twins(weight).published(*pair).item()
    assert ours == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_libraries_shrink_the_correlations_by_batch_normalisation():
    z, w = (x.numpy() for x in two_views())
    shrinkage = [np.sqrt(x.var(0) / (x.var(0) + 1e-5)) for x in (z, w)]
    correlations = across(z, w)
    theirs = equation(correlations * np.outer(*shrinkage), 0.005)
    assert theirs == pytest.approx(BARLOW_TWINS["lightly"], abs=1e-9)
    ours = barlow_twins().published(*two_views()).item()
    assert ours == pytest.approx(equation(correlations, 0.005), rel=1e-9)
    assert 0 < theirs - ours < 1e-3


def test_identical_uncorrelated_views_are_the_optimum():
    z = torch.linalg.qr(torch.tensor(np.vander(np.arange(6.0), 4, increasing=True))).Q[:, 1:]
    assert barlow_twins().published(z, z).item() == pytest.approx(0, abs=1e-12)
    assert barlow_twins().published(z, -z).item() == pytest.approx(4 * 3, abs=1e-12)


@given(pairs())
def test_the_diagonal_is_split_between_the_halves(pair):
    own = np.diag(across(*(x.numpy() for x in pair)))
    value, d = barlow_twins(0.0)(*pair), len(own)
    distance = value.alignment.item() - d / 2 * np.log(np.pi)
    assert distance == pytest.approx(2 * np.sum(1 - own), abs=1e-9)
    assert value.uniformity.item() == pytest.approx(np.sum(own**2 - 1), abs=1e-9)
