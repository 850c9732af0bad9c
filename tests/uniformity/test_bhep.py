"""BHEP: the distance of two characteristic functions, integrated without quadrature."""

import math

import numpy as np
import pytest
import torch

from ssl_theory.alignment import Gaussian
from ssl_theory.checks.conformance import conformance
from ssl_theory.latent_distribution_matching import Objective, Prior
from ssl_theory.uniformity import BHEP


def _normal(*shape: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


OBJECTIVE = Objective("bhep", Gaussian(), BHEP(0.5, 0.8), "henze1997bhep", Prior.FLAT)


@pytest.mark.parametrize("check", list(conformance(OBJECTIVE)), ids=lambda check: check.name)
def test_it_meets_every_obligation(check):
    check.run()


@pytest.mark.parametrize("bandwidth", [0.5, 1.0])
@pytest.mark.parametrize("d", [1, 2])
def test_it_is_the_integral_that_defines_it(d, bandwidth):
    w = _normal(7, d)
    nodes, weights = np.polynomial.hermite_e.hermegauss(60)
    t = torch.cartesian_prod(*[torch.from_numpy(bandwidth * nodes)] * d).reshape(-1, d)
    mass = torch.cartesian_prod(*[torch.from_numpy(weights)] * d).reshape(-1, d).prod(1)
    law = torch.exp(1j * (t @ w.T)).mean(1)
    gap = (law - torch.exp(-t.square().sum(1) / 2)).abs().square()
    expected = -7 * (mass * gap).sum() / math.sqrt(2 * math.pi) ** d
    ours = BHEP(bandwidth=bandwidth).entropy(w, given=w)
    torch.testing.assert_close(ours, expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("d", [1, 3])
def test_its_mean_over_standard_gaussian_samples_is_known(d):
    samples = _normal(2000, 16, d)
    statistics = torch.stack([-BHEP().entropy(w, given=w) for w in samples])
    expected = 1 - 3 ** (-d / 2)
    error = statistics.std().item() / math.sqrt(len(samples))
    assert error < 0.03 * expected
    assert abs(statistics.mean().item() - expected) < 5 * error


def test_a_bandwidth_of_zero_sees_nothing():
    with pytest.raises(ValueError, match=r"`bandwidth` must be positive, got 0\.0.*Use 1"):
        BHEP(bandwidth=0.0)
