"""HaoChen et al. (2021): inner products, attracted linearly and repelled quadratically."""

import itertools

import numpy as np
import pytest
import torch
from hypothesis import given

from ssl_theory.checks.strategies import pairs
from ssl_theory.objectives import spectral_contrastive
from ssl_theory.spaces import Sphere
from tests.oracles.contrastive import SPECTRAL
from tests.oracles.two_views import two_views


@given(pair=pairs())
def test_it_publishes_the_equation_of_the_paper_pair_by_pair(pair):
    z, w = (x.numpy() for x in pair)
    n = len(z)
    attraction = np.mean([z[i] @ w[i] for i in range(n)])
    repulsion = np.mean([(z[i] @ w[j]) ** 2 for i in range(n) for j in range(n) if i != j])
    ours = spectral_contrastive().published(*pair).item()
    assert ours == pytest.approx(-2 * attraction + repulsion, rel=1e-9, abs=1e-9)


def test_its_mean_over_batches_factors_the_graph_of_augmentations():
    # Four nodes, of which each pair is drawn as two views with probability P. Over all batches of
    # two independent items the loss is |4 P - F F^T|^2 for uniform margins, up to a constant.
    generator = np.random.default_rng(0)
    permutations = [np.eye(4)[generator.permutation(4)] for _ in range(3)]
    pair_law = sum(a + a.T for a in permutations) / 24
    edges = list(np.ndindex(4, 4))
    gaps = []
    for _ in range(2):
        f = torch.tensor(generator.standard_normal((4, 2)))
        loss = 0.0
        for one, other in itertools.product(edges, edges):
            if weight := pair_law[one] * pair_law[other]:
                z, w = f[[one[0], other[0]]], f[[one[1], other[1]]]
                loss += weight * spectral_contrastive().published(z, w).item()
        factor = f.numpy() / 2
        gaps.append(loss - np.sum((4 * pair_law - factor @ factor.T) ** 2))
    assert gaps[0] == pytest.approx(gaps[1], abs=1e-12)
    assert gaps[0] == pytest.approx(-np.sum((4 * pair_law) ** 2), abs=1e-12)


def test_it_is_the_number_of_the_authors_code_where_that_clips_no_length():
    z, w = two_views()
    ours = spectral_contrastive().published(z, w).item() / 100
    assert ours == pytest.approx(SPECTRAL[100.0], abs=1e-9)


def test_where_their_code_clips_every_length_it_is_that_of_unit_rows():
    z, w = (Sphere().project(x) for x in two_views())
    assert spectral_contrastive().published(z, w).item() == pytest.approx(SPECTRAL[1.0], abs=1e-9)
