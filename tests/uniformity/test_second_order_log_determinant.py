"""The expansion keeps variances exactly and correlations to second order."""

import math

import numpy as np
import pytest
import torch

from ssl_theory.alignment import Gaussian
from ssl_theory.checks.conformance import conformance
from ssl_theory.latent_distribution_matching import Objective, Prior
from ssl_theory.uniformity import GaussianLogDeterminant, SecondOrderLogDeterminant
from tests.uniformity.laws import LAWS, estimates

PART = SecondOrderLogDeterminant()
OBJECTIVE = Objective("expanded", Gaussian(0.1), PART, "mikulasch2026ldm", Prior.FLAT)


def batch_with_covariance(cov, n=20):
    """Items whose maximum-likelihood covariance is exactly ``cov``."""
    noise = np.random.default_rng(0).standard_normal((n, len(cov)))
    white = np.linalg.qr(np.column_stack([np.ones(n), noise]))[0][:, 1:] * math.sqrt(n)
    return torch.from_numpy(white @ np.linalg.cholesky(cov).T)


def equicorrelated(r, d):
    return (1 - r) * np.eye(d) + r * np.ones((d, d))


def gap(cov):
    w = batch_with_covariance(cov)
    return (PART.entropy(w, given=w) - GaussianLogDeterminant().entropy(w, given=w)).item()


@pytest.mark.parametrize("check", list(conformance(OBJECTIVE)), ids=lambda check: check.name)
def test_an_objective_spread_by_it_meets_every_obligation(check):
    check.run()


def test_uncorrelated_axes_have_the_whole_log_determinant():
    assert gap(np.diag([4.0, 1.0, 0.01])) == pytest.approx(0, abs=1e-12)


def test_each_pair_of_axes_loses_half_its_squared_correlation():
    # Four axes of correlation 0.15: 6 pairs, and 0.15^2 / 2 each.
    w = batch_with_covariance(equicorrelated(0.15, 4))
    white = 2 * math.log(2 * math.pi * math.e)
    assert PART.entropy(w, given=w).item() == pytest.approx(white - 6 * 0.15**2 / 2, abs=1e-12)


def test_the_error_is_of_third_order_in_the_correlations():
    errors = [gap(equicorrelated(r, 3)) for r in (0.02, 0.01, 0.005)]
    assert errors[0] / errors[1] == pytest.approx(8, rel=0.05)
    assert errors[1] / errors[2] == pytest.approx(8, rel=0.02)
    # log det = log(1 + 2r) + 2 log(1 - r), whose third order is 2 r^3, half of it an entropy.
    assert errors[2] == pytest.approx(-(0.005**3), rel=0.02)


def test_it_is_below_the_entropy_of_some_gaussians_and_above_that_of_others():
    assert gap(equicorrelated(0.3, 3)) < -0.01
    assert gap(equicorrelated(0.9, 2)) > 0.1


@pytest.mark.parametrize("name", ["laplace 2", "cube 2", "mixture 2"])
def test_of_independent_axes_it_is_more_than_their_entropy(name):
    found = estimates(PART, LAWS[name], items=800, batches=6)
    error = found.std().item() / math.sqrt(6)
    assert error < 0.05
    assert found.mean().item() - LAWS[name].entropy > 5 * error


def test_fewer_items_than_dimensions_will_do():
    # Two items of five axes: every correlation is one or minus one.
    w = torch.tensor([[1.0, 2.0, -1.0, 3.0, 1.0], [-1.0, -2.0, 1.0, -3.0, -1.0]]).double()
    alone = sum(math.log(2 * math.pi * math.e * x**2) / 2 for x in (1, 2, 1, 3, 1))
    assert PART.entropy(w, given=w).item() == pytest.approx(alone - 20 / 4, abs=1e-12)
