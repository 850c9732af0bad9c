"""The log determinant is the entropy of a Gaussian, and the most any law of its covariance has."""

import math

import pytest
import torch
from scipy.special import digamma
from scipy.stats import multivariate_normal

from ssl_theory.latent_distribution_matching import Relation
from ssl_theory.uniformity import GaussianLogDeterminant
from tests.uniformity.laws import LAWS, estimates


@pytest.mark.parametrize("d", [1, 2, 8])
@pytest.mark.parametrize("n", [10, 100])
def test_on_gaussian_batches_its_mean_is_that_of_a_wishart_determinant(n, d):
    # det of n times the covariance is a product of chi-squares of n - 1, ..., n - d degrees.
    generator = torch.Generator().manual_seed(0)
    batches = torch.randn(400, n, d, generator=generator, dtype=torch.float64)
    found = torch.stack([GaussianLogDeterminant().entropy(w, given=w) for w in batches])
    log_chi = sum(digamma((n - 1 - a) / 2) + math.log(2 / n) for a in range(d))
    error = found.std().item() / 20
    assert error < 0.1
    expected = log_chi / 2 + d / 2 * math.log(2 * math.pi * math.e)
    assert abs(found.mean().item() - expected) < 5 * error


def test_is_the_entropy_scipy_gives_the_gaussian_of_the_batch():
    w = torch.randn(30, 4, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    scipy = multivariate_normal(cov=w.T.cov(correction=0).numpy()).entropy()
    assert GaussianLogDeterminant().entropy(w, given=w).item() == pytest.approx(scipy, abs=1e-12)


@pytest.mark.parametrize(
    ("name", "variance", "negentropy_of"), [("laplace 2", 2.0, 2), ("cube 2", 1 / 3, 2)]
)
def test_is_a_bound_that_exceeds_the_entropy_by_the_negentropy(name, variance, negentropy_of):
    law = LAWS[name]
    found = estimates(GaussianLogDeterminant(), law, items=2000, batches=10)
    negentropy = negentropy_of / 2 * math.log(2 * math.pi * math.e * variance) - law.entropy
    error = found.std().item() / math.sqrt(10)
    assert error < 0.02
    assert abs(found.mean().item() - law.entropy - negentropy) < 5 * error
    assert negentropy > 20 * error
    assert GaussianLogDeterminant().relation is Relation.UPPER_BOUND


def test_falls_short_of_the_population_as_one_over_n():
    # Expanding the digammas, the shortfall is d (d + 3) / 4n to first order.
    n, d = 2000, 8
    wishart = sum(digamma((n - 1 - a) / 2) + math.log(2 / n) for a in range(d)) / 2
    assert n * wishart == pytest.approx(-d * (d + 3) / 4, rel=0.01)


@pytest.mark.parametrize(("n", "d"), [(2, 2), (3, 3), (3, 4)])
def test_as_many_items_as_dimensions_are_too_few(n, d):
    w = torch.randn(n, d, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    with pytest.raises(ValueError, match=f"more than {d} items .* got {n}: .* {d + 1}"):
        GaussianLogDeterminant().entropy(w, given=w)
    more = torch.randn(d + 1, d, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    assert GaussianLogDeterminant().entropy(more, given=more).isfinite()
