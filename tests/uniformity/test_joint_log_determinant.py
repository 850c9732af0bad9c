"""The entropy of a pair is that of its views less what they share."""

import math

import numpy as np
import pytest
import torch
from scipy.special import digamma
from scipy.stats import multivariate_normal

from ssl_theory.processes.gaussian_pairs import GaussianPairs
from ssl_theory.uniformity import GaussianLogDeterminant, JointLogDeterminant
from tests.uniformity.laws import LAWS, estimates


def drawn(n, d, seed=0, noise=0.5):
    z, e = torch.randn(2, n, d, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)
    return z, z + noise * e


def test_is_the_entropy_scipy_gives_the_gaussian_of_the_pair():
    z, w = drawn(30, 3)
    scipy = multivariate_normal(cov=torch.cat([z, w], 1).T.cov(correction=0).numpy()).entropy()
    assert JointLogDeterminant().entropy(w, given=z).item() == pytest.approx(scipy, abs=1e-12)


def test_falls_short_of_both_marginals_by_the_canonical_correlations():
    z, w = drawn(40, 3)
    bases = [np.linalg.qr(x - x.mean(0))[0] for x in (z.numpy(), w.numpy())]
    correlations = np.linalg.svd(bases[0].T @ bases[1], compute_uv=False)
    information = -np.log1p(-(correlations**2)).sum() / 2
    alone = sum(GaussianLogDeterminant().entropy(x, given=x).item() for x in (z, w))
    together = JointLogDeterminant().entropy(w, given=z).item()
    assert alone - together == pytest.approx(information, abs=1e-12)


def test_on_gaussian_pairs_its_mean_is_that_of_a_wishart_determinant():
    pairs = GaussianPairs(spectrum=(2.0, 0.5), correlations=(0.9, 0.3))
    n, d, batches = 50, 2, 400
    found = []
    for seed in range(batches):
        x, y = (torch.from_numpy(view) for view in pairs.draw(n, seed=seed))
        found.append(JointLogDeterminant().entropy(y, given=x))
    found = torch.stack(found)
    log_det = 2 * math.log(2.0 * 0.5) + math.log1p(-0.81) + math.log1p(-0.09)
    log_chi = sum(digamma((n - 1 - a) / 2) + math.log(2 / n) for a in range(2 * d))
    expected = (log_det + log_chi) / 2 + d * math.log(2 * math.pi * math.e)
    error = found.std().item() / math.sqrt(batches)
    assert error < 0.02
    assert abs(found.mean().item() - expected) < 5 * error


@pytest.mark.parametrize("name", ["laplace 2", "mixture 2", "cube 2"])
def test_stays_above_the_entropy_of_independent_views_of_any_law(name):
    law = LAWS[name]
    found = estimates(JointLogDeterminant(), law, items=800, batches=6)
    error = found.std().item() / math.sqrt(6)
    assert error < 0.05
    assert found.mean().item() - 2 * law.entropy > 5 * error


def test_nearly_identical_views_keep_their_digits():
    # With w = z + t e the joint covariance has the determinant of (z, t e): 2 d log t apart.
    z, w = drawn(20, 3, noise=1.0)
    e = w - z
    wide = JointLogDeterminant().entropy(z + e, given=z).item()
    narrow = JointLogDeterminant().entropy(z + 1e-9 * e, given=z).item()
    assert narrow - wide == pytest.approx(3 * math.log(1e-9), abs=1e-5)


@pytest.mark.parametrize(("n", "d"), [(2, 1), (6, 3), (5, 4)])
def test_needs_more_items_than_both_views_have_dimensions(n, d):
    z, w = drawn(n, d)
    with pytest.raises(ValueError, match=f"more than {2 * d} items .* got {n}: .* {2 * d + 1}"):
        JointLogDeterminant().entropy(w, given=z)
    z, w = drawn(2 * d + 1, d)
    assert JointLogDeterminant().entropy(w, given=z).isfinite()
