"""The Gaussian latent model is a density, and scipy's."""

import math

import pytest
import torch
from scipy.integrate import nquad
from scipy.stats import multivariate_normal

from ssl_theory.alignment import Gaussian


@pytest.mark.parametrize("d", [1, 2, 3])
@pytest.mark.parametrize("variance", [0.3, 2.0])
def test_integrates_to_one(d, variance):
    # A trapezoid over eight deviations either way converges faster than any power of its step.
    centre = torch.linspace(-0.5, 0.5, d, dtype=torch.float64)
    grid = math.sqrt(variance) * torch.linspace(-8, 8, 41, dtype=torch.float64)
    step = (grid[1] - grid[0]).item()
    w = torch.cartesian_prod(*[grid] * d).reshape(-1, d)
    mass = Gaussian(variance).log_density(w, given=centre).exp().sum().item() * step**d
    assert mass == pytest.approx(1, abs=1e-9)


def test_integrates_to_one_by_adaptive_quadrature():
    def density(x, y):
        w = torch.tensor([x, y], dtype=torch.float64)
        return Gaussian(0.5).log_density(w, given=torch.zeros(2, dtype=torch.float64)).exp().item()

    limits = {"epsabs": 1e-8, "epsrel": 1e-8}
    mass, _ = nquad(density, [(-5, 5), (-5, 5)], opts=[limits, limits])
    assert mass == pytest.approx(1, abs=1e-8)


@pytest.mark.parametrize("d", [1, 2, 3, 10])
def test_is_the_density_of_scipy(d):
    generator = torch.Generator().manual_seed(d)
    z, w = torch.randn(2, 6, d, generator=generator, dtype=torch.float64)
    scipy = [
        multivariate_normal(mean, 0.7).logpdf(x)
        for x, mean in zip(w.numpy(), z.numpy(), strict=True)
    ]
    ours = Gaussian(0.7).log_density(w, given=z)
    torch.testing.assert_close(ours, torch.tensor(scipy), rtol=1e-12, atol=1e-12)


def test_broadcasts_to_all_pairs():
    z, w = torch.randn(2, 4, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    table = Gaussian().log_density(w[:, None], given=z[None])
    assert table.shape == (4, 4)
    torch.testing.assert_close(table.diagonal(), Gaussian().log_density(w, given=z))


def test_its_normaliser_is_what_is_left_when_the_views_agree():
    z = torch.zeros(1, 3, dtype=torch.float64)
    normaliser = Gaussian(0.7).log_density(z, given=z).item()
    assert normaliser == pytest.approx(-1.5 * math.log(2 * math.pi * 0.7))


@pytest.mark.parametrize("variance", [0.0, -1.0, float("nan")])
def test_a_density_needs_some_width(variance):
    with pytest.raises(ValueError, match=r"`variance` must be positive.*Use a small variance"):
        Gaussian(variance)
