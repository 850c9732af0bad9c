"""Hotelling (1936), and Andrew, Arora, Bilmes and Livescu (2013): canonical correlations."""

import numpy as np
import pytest
import torch
from hypothesis import given
from scipy.linalg import sqrtm, subspace_angles
from sklearn.cross_decomposition import CCA

from ssl_theory.checks.strategies import generators, pairs
from ssl_theory.objectives import cca
from ssl_theory.processes.gaussian_pairs import GaussianPairs


@given(pairs())
def test_it_publishes_the_cosines_between_the_spans_of_the_views(pair):
    angles = subspace_angles(*((x - x.mean(0)).numpy() for x in pair))
    assert cca().published(*pair).item() == pytest.approx(-np.cos(angles).sum(), abs=1e-9)


def test_it_publishes_the_trace_norm_of_deep_cca():
    z, w = (view for view in GaussianPairs((1.0, 2.0, 0.5), (0.9, 0.5, -0.4), 0).draw(200, seed=0))
    d = z.shape[1]
    joint = np.cov(z.T, w.T)
    halves = [np.linalg.inv(sqrtm(joint[s, s])) for s in (slice(d), slice(d, None))]
    expected = -np.linalg.norm(halves[0] @ joint[:d, d:] @ halves[1], "nuc")
    ours = cca().published(torch.from_numpy(z), torch.from_numpy(w)).item()
    assert ours == pytest.approx(expected, abs=1e-9)


def test_scikit_learn_finds_the_same_correlations():
    z, w = (view for view in GaussianPairs((1.0, 2.0), (0.9, 0.5), 0).draw(200, seed=0))
    scores = CCA(n_components=2, max_iter=10_000, tol=1e-14).fit(z, w).transform(z, w)
    found = sum(np.corrcoef(a, b)[0, 1] for a, b in zip(scores[0].T, scores[1].T, strict=True))
    ours = cca().published(torch.from_numpy(z), torch.from_numpy(w)).item()
    assert -ours == pytest.approx(found, abs=1e-6)  # theirs iterates


@given(pairs(), generators())
def test_each_view_may_be_mixed_on_its_own(pair, generator):
    z, w = pair
    d = z.shape[1]
    turns = [torch.linalg.qr(torch.randn(d, d, generator=generator, dtype=z.dtype)).Q for _ in "zw"]
    units = torch.linspace(1, 3, d, dtype=z.dtype)
    mixed = cca()(z @ turns[0] * units, w @ turns[1] / units).total.item()
    assert mixed == pytest.approx(cca()(z, w).total.item(), abs=1e-7)


def test_anticorrelated_views_are_as_good_as_correlated_ones():
    z = torch.randn(9, 2, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    for w in (z, -z, z * torch.tensor([1.0, -3.0])):
        assert cca().published(z, w).item() == pytest.approx(-2, abs=1e-12)


def test_collapsed_views_have_no_correlations_and_not_wrong_ones():
    z = torch.randn(9, 2, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    z[:, 1] = 2 * z[:, 0]
    assert cca().published(z, z).isnan()
