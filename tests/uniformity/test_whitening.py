"""Whitening holds the Gaussian bound on entropy at that of a standard Gaussian."""

import math

import pytest
from hypothesis import given
from scipy.stats import multivariate_normal

from ssl_theory.batch_spaces import Whitened
from ssl_theory.checks.strategies import embeddings
from ssl_theory.latent_distribution_matching import Relation
from ssl_theory.uniformity import Whitening


@given(embeddings())
def test_every_whitened_batch_has_the_entropy_of_a_standard_gaussian(z):
    w = Whitened().project(z)
    standard = multivariate_normal([0] * w.shape[1]).entropy()
    assert Whitening().entropy(w, given=w).item() == pytest.approx(standard, abs=1e-9)
    assert Whitening().relation is Relation.CONSTRAINT


@given(embeddings())
def test_a_batch_that_broke_the_constraint_would_show(z):
    w = 2 * Whitened().project(z)
    d = w.shape[1]
    expected = d / 2 * math.log(2 * math.pi * math.e) + d * math.log(2)
    assert Whitening().entropy(w, given=w).item() == pytest.approx(expected, abs=1e-9)
