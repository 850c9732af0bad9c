"""The quadratic Renyi entropy counts collisions, one item never with itself."""

import math

import pytest
import torch
from scipy.integrate import quad
from scipy.stats import norm

from ssl_theory.alignment import Gaussian, VonMisesFisher
from ssl_theory.spaces import Sphere
from ssl_theory.uniformity import QuadraticRenyi
from tests.uniformity.laws import LAWS, estimates, uniform_sphere


def collisions(part, law, *, items=50, batches=200):
    """The mean of ``exp(-entropy)``, unbiased at any batch size, and its standard error."""
    density = (-estimates(part, law, items=items, batches=batches)).exp()
    mean, error = density.mean().item(), density.std().item() / math.sqrt(batches)
    assert error < 0.02 * mean
    return mean, error


@pytest.mark.parametrize("variance", [0.1, 1.0, 10.0])
def test_two_gaussian_items_differ_by_a_gaussian(variance):
    mean, error = collisions(QuadraticRenyi(Gaussian(variance)), LAWS["gaussian 2"])
    mixing = torch.tensor([[0.8, 0.5], [0.0, 0.8]], dtype=torch.float64)
    spread = 2 * mixing.T @ mixing + variance * torch.eye(2)
    expected = 1 / (2 * math.pi * spread.det().sqrt().item())
    assert abs(mean - expected) < 5 * error


def test_two_laplace_items_differ_by_a_law_of_density_one_plus_t_over_four_e_to_the_t():
    mean, error = collisions(QuadraticRenyi(Gaussian(0.5)), LAWS["laplace 2"])
    density = lambda t: (1 + t) * math.exp(-t) / 4 * norm.pdf(t, scale=math.sqrt(0.5))  # noqa: E731
    assert abs(mean - (2 * quad(density, 0, 20)[0]) ** 2) < 5 * error


@pytest.mark.parametrize("d", [2, 3, 8])
def test_on_a_uniform_sphere_it_is_the_entropy_at_every_width(d):
    for concentration in (0.5, 4.0):
        part = QuadraticRenyi(VonMisesFisher(concentration))
        mean, error = collisions(part, uniform_sphere(d))
        assert abs(mean - math.exp(-Sphere.log_area(d))) < 5 * error


def test_two_items_have_one_collision():
    w = torch.tensor([[0.0], [3.0]], dtype=torch.float64)
    found = QuadraticRenyi(Gaussian(2.0)).entropy(w, given=w).item()
    assert found == pytest.approx(-norm.logpdf(3, scale=math.sqrt(2)), abs=1e-12)


def test_spreads_without_limit():
    w = torch.tensor([[0.0], [1e6]], dtype=torch.float64)
    found = QuadraticRenyi(Gaussian(1.0)).entropy(w, given=w).item()
    assert found == pytest.approx(1e12 / 2, rel=1e-9)
