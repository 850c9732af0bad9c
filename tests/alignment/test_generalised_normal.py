"""The generalised normal is a density, and Laplace and Gaussian are two of its shapes."""

import numpy as np
import pytest
import torch
from scipy import stats

from ssl_theory.alignment import Gaussian, GeneralisedNormal
from ssl_theory.symmetries import Symmetry

SHAPES = [1.0, 1.5, 2.0, 4.0]


def _line(scale: float, shape: float) -> tuple[torch.Tensor, torch.Tensor]:
    # Gauss-Legendre on both sides of the peak, as far as the density is above 1e-17. In the square
    # root of the distance the density is smooth at its peak for these shapes.
    reach = scale * 40 ** (1 / shape)
    nodes, weights = np.polynomial.legendre.leggauss(40)
    root = (1 + nodes) / 2
    points, weights = reach * root**2, reach * root * weights
    both = np.concatenate([-points, points]), np.concatenate([weights, weights])
    return tuple(torch.from_numpy(x) for x in both)


@pytest.mark.parametrize("d", [1, 2, 3])
@pytest.mark.parametrize("shape", SHAPES)
def test_the_density_has_mass_one(d, shape):
    points, weights = _line(0.7, shape)
    centre = torch.arange(1.0, d + 1, dtype=torch.float64)
    grid = torch.cartesian_prod(*[points] * d).reshape(-1, d) + centre
    mass = torch.cartesian_prod(*[weights] * d).reshape(-1, d).prod(1)
    density = GeneralisedNormal(0.7, shape).log_density(grid, given=centre).exp()
    assert (density * mass).sum().item() == pytest.approx(1, abs=1e-8)


@pytest.mark.parametrize("shape", SHAPES)
def test_each_axis_has_the_density_of_scipy(shape):
    z, w = torch.randn(2, 6, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    expected = stats.gennorm.logpdf(w.numpy(), shape, z.numpy(), 0.7).sum(1)
    ours = GeneralisedNormal(0.7, shape).log_density(w, given=z)
    np.testing.assert_allclose(ours, expected, rtol=1e-12)


def test_shape_one_is_laplace_and_shape_two_the_gaussian():
    z, w = torch.randn(2, 6, 3, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    laplace = torch.distributions.Laplace(z, 0.7).log_prob(w).sum(1)
    torch.testing.assert_close(GeneralisedNormal(0.7, 1.0).log_density(w, given=z), laplace)
    gaussian = Gaussian(variance=0.7**2 / 2).log_density(w, given=z)
    torch.testing.assert_close(GeneralisedNormal(0.7, 2.0).log_density(w, given=z), gaussian)


def test_only_shape_two_has_no_special_axes():
    round_ones = [s for s in SHAPES if Symmetry.ROTATION in GeneralisedNormal(1.0, s).symmetries]
    assert round_ones == [2.0]


@pytest.mark.parametrize("shape", SHAPES)
def test_views_that_agree_feel_no_force(shape):
    # At shape 1 zero is one subgradient of many; above it is the gradient.
    w = torch.ones(2, 3, dtype=torch.float64, requires_grad=True)
    GeneralisedNormal(0.7, shape).log_density(w, given=w.detach().clone()).sum().backward()
    assert torch.equal(w.grad, torch.zeros_like(w))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ((0.0, 1.0), r"`scale` must be positive, got 0\.0.*Use a small scale"),
        ((1.0, 0.5), r"`shape` must be at least 1, got 0\.5.*Use 1 for the sharpest peak"),
    ],
)
def test_it_says_which_fields_it_wants(fields, message):
    with pytest.raises(ValueError, match=message):
        GeneralisedNormal(*fields)
