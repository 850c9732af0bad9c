"""The hinge is silent on a white batch, and speaks of deviations below one and of correlations."""

import math

import pytest
import torch

from ssl_theory.uniformity import Hinge
from tests.uniformity.laws import LAWS, estimates


def batch_with_covariance(cov, n=20):
    """Items whose unbiased covariance is exactly ``cov``."""
    d = len(cov)
    noise = torch.randn(n, d, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    white, _ = torch.linalg.qr(noise - noise.mean(0))
    return math.sqrt(n - 1) * white @ torch.linalg.cholesky(cov).T


def test_a_white_batch_pays_nothing():
    w = batch_with_covariance(torch.eye(3, dtype=torch.float64))
    assert Hinge().entropy(w, given=w).item() == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("covariance_weight", [1.0, 3.0])
def test_a_correlation_costs_its_square_twice_over_the_dimension(covariance_weight):
    cov = torch.eye(4, dtype=torch.float64)
    cov[0, 1] = cov[1, 0] = 0.5
    w = batch_with_covariance(cov)
    cost = -Hinge(covariance_weight=covariance_weight).entropy(w, given=w).item()
    assert cost == pytest.approx(covariance_weight * 2 * 0.25 / 4, abs=1e-12)


@pytest.mark.parametrize("deviation", [0.5, 0.9, 1.0, 2.0, 10.0])
def test_only_deviations_below_one_cost(deviation):
    w = batch_with_covariance(deviation**2 * torch.eye(2, dtype=torch.float64))
    cost = -Hinge(variance_weight=7.0, floor=0.0).entropy(w, given=w).item()
    assert cost == pytest.approx(7 * max(0, 1 - deviation), abs=1e-12)


def test_a_point_pays_the_whole_variance_weight_less_the_floor():
    w = torch.ones(5, 3, dtype=torch.float64)
    assert Hinge(floor=0.04).entropy(w, given=w).item() == pytest.approx(-25 * 0.8, abs=1e-12)


def test_a_law_of_known_covariance_costs_what_its_covariance_does():
    # A cube of side two has variance 1/3 along each axis and no correlations.
    found = estimates(Hinge(floor=0.0), LAWS["cube 2"], items=4000, batches=10)
    error = found.std().item() / math.sqrt(10)
    assert error < 0.05
    assert abs(found.mean().item() + 25 * (1 - math.sqrt(1 / 3))) < 5 * error
