"""What one view leaves of the other: the entropy of the pair less that of the view."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from scipy.special import digamma
from sklearn.linear_model import LinearRegression

from ssl_theory.alignment import Gaussian
from ssl_theory.checks.conformance import conformance
from ssl_theory.checks.strategies import pairs
from ssl_theory.latent_distribution_matching import Objective
from ssl_theory.uniformity import (
    ConditionalLogDeterminant,
    GaussianLogDeterminant,
    JointLogDeterminant,
)
from tests.uniformity.laws import LAWS

OBJECTIVE = Objective("predicted", Gaussian(0.1), ConditionalLogDeterminant(), "mikulasch2026ldm")


@pytest.mark.parametrize("check", list(conformance(OBJECTIVE)), ids=lambda check: check.name)
def test_an_objective_with_the_embeddings_own_law_as_prior_meets_every_obligation(check):
    check.run()


@given(pairs())
def test_chain_rule(pair):
    z, w = pair
    joint = JointLogDeterminant().entropy(w, given=z).item()
    alone = GaussianLogDeterminant().entropy(z, given=z).item()
    left = ConditionalLogDeterminant().entropy(w, given=z).item()
    assert alone + left == pytest.approx(joint, abs=1e-7)


@given(pairs())
def test_is_the_log_determinant_of_the_residuals_of_a_regression(pair):
    z, w = (x.numpy() for x in pair)
    residuals = w - LinearRegression().fit(z, w).predict(z)
    covariance = np.atleast_2d(np.cov(residuals.T, ddof=0))
    expected = np.linalg.slogdet(2 * math.pi * math.e * covariance).logabsdet / 2
    ours = ConditionalLogDeterminant().entropy(pair[1], given=pair[0]).item()
    assert ours == pytest.approx(expected, abs=1e-7)


@pytest.mark.parametrize("name", ["laplace 2", "mixture 2", "cube 2", "gaussian 2"])
def test_of_a_copy_with_noise_of_a_known_law_it_bounds_the_entropy_of_the_noise(name):
    law, generator = LAWS[name], torch.Generator().manual_seed(0)
    found = []
    for _ in range(6):
        z = torch.randn(1000, 2, generator=generator, dtype=torch.float64)
        noise = law.draw(1000, generator)
        found.append(ConditionalLogDeterminant().entropy(2 * z + noise, given=z))
    found = torch.stack(found)
    error = found.std().item() / math.sqrt(6)
    assert error < 0.05
    gap = found.mean().item() - law.entropy
    # A mean and a slope take 1 + d of the n degrees of freedom of a Wishart determinant.
    shortfall = sum(digamma((1000 - 3 - a) / 2) + math.log(2 / 1000) for a in range(2)) / 2
    assert abs(gap - shortfall) < 5 * error if name == "gaussian 2" else gap > 5 * error


@pytest.mark.parametrize(("n", "d"), [(2, 1), (6, 3)])
def test_needs_more_items_than_both_views_have_dimensions(n, d):
    z, w = torch.randn(2, n, d, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    with pytest.raises(
        ValueError, match=f"more than {2 * d} items for .*, got {n}:.* at least {2 * d + 1},"
    ):
        ConditionalLogDeterminant().entropy(w, given=z)
