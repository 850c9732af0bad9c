"""A variance for every axis: a density, and the axes it names."""

import math

import numpy as np
import pytest
import torch
from scipy import stats

from ssl_theory.alignment import DiagonalGaussian, Gaussian
from ssl_theory.checks.conformance import conformance
from ssl_theory.latent_distribution_matching import Objective
from ssl_theory.symmetries import Symmetry
from ssl_theory.uniformity import ModelMarginal

MODEL = DiagonalGaussian((0.3, 2.0))
OBJECTIVE = Objective("anisotropic", MODEL, ModelMarginal(MODEL), "zimmermann2021inverts")


@pytest.mark.parametrize("check", list(conformance(OBJECTIVE)), ids=lambda check: check.name)
def test_it_meets_every_obligation(check):
    check.run()


@pytest.mark.parametrize("variances", [(0.5,), (0.5, 1.0), (0.5, 1.0, 2.0)])
def test_the_density_has_mass_one(variances):
    d = len(variances)
    nodes, weights = (torch.from_numpy(x) for x in np.polynomial.legendre.leggauss(60))
    centre = torch.arange(1.0, d + 1, dtype=torch.float64)
    grid = 12 * torch.cartesian_prod(*[nodes] * d).reshape(-1, d) + centre
    mass = (12 * torch.cartesian_prod(*[weights] * d)).reshape(-1, d).prod(1)
    density = DiagonalGaussian(variances).log_density(grid, given=centre).exp()
    assert (density * mass).sum().item() == pytest.approx(1, abs=1e-8)


def test_it_is_the_multivariate_normal_of_scipy():
    z, w = torch.randn(2, 6, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    law = stats.multivariate_normal(np.zeros(3), np.diag([0.5, 1.0, 2.0]))
    ours = DiagonalGaussian((0.5, 1.0, 2.0)).log_density(w, given=z)
    np.testing.assert_allclose(ours, law.logpdf((w - z).numpy()), rtol=1e-12)


def test_equal_variances_are_the_isotropic_gaussian():
    z, w = torch.randn(2, 6, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    model = DiagonalGaussian((0.7,) * 3)
    expected = Gaussian(0.7).log_density(w, given=z)
    torch.testing.assert_close(model.log_density(w, given=z), expected)
    assert model.symmetries == Gaussian(0.7).symmetries
    assert Symmetry.AXES not in DiagonalGaussian((0.7, 0.8)).symmetries


def test_unequal_variances_put_the_slow_process_on_the_axis_of_least_variance():
    # Steps of variance 0.1 and 1 on the true axes; an orthogonal encoder turns them by an angle.
    # On average the surprise is a cosine of twice the angle, least where slow meets slow.
    angles = torch.linspace(-math.pi / 2, math.pi / 2, 181, dtype=torch.float64)
    turns = torch.stack(
        [torch.stack([angles.cos(), -angles.sin()]), torch.stack([angles.sin(), angles.cos()])]
    )
    signs = torch.tensor([[1.0, 1.0], [1.0, -1.0]], dtype=torch.float64)
    steps = signs * torch.tensor([0.1, 1.0], dtype=torch.float64).sqrt()
    origin = torch.zeros(2, dtype=torch.float64)

    def best(variances: tuple[float, float]) -> float:
        model = DiagonalGaussian(variances)
        turned = torch.einsum("abk,nb->kna", turns, steps)
        return angles[model.log_density(turned, given=origin).mean(1).argmax()].item()

    assert best((0.2, 0.9)) == pytest.approx(0, abs=1e-12)
    assert abs(best((0.9, 0.2))) == pytest.approx(math.pi / 2, abs=1e-12)


@pytest.mark.parametrize("variances", [(), (1.0, 0.0)])
def test_it_says_which_variances_it_wants(variances):
    with pytest.raises(ValueError, match="`variances` must be positive, one for each axis, got"):
        DiagonalGaussian(variances)


def test_another_width_is_refused():
    plane = torch.zeros(4, 2, dtype=torch.float64)
    with pytest.raises(ValueError, match=r"as many as the dimensions, got 3 of 2.*Give one for"):
        DiagonalGaussian().log_density(plane, given=plane)
