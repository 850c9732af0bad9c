"""The logistic law: the slope of a sigmoid, and a density."""

import numpy as np
import pytest
import torch
from scipy import stats

from ssl_theory.alignment import GeneralisedNormal, Logistic


@pytest.mark.parametrize("d", [1, 2, 3])
def test_the_density_has_mass_one(d):
    # It is analytic in a strip, so equal steps converge faster than any power of the step.
    step = 0.7
    points = step * torch.arange(-55, 56, dtype=torch.float64)
    centre = torch.arange(1.0, d + 1, dtype=torch.float64)
    grid = torch.cartesian_prod(*[points] * d).reshape(-1, d)
    mass = Logistic(0.9).log_density(grid, given=centre).exp().sum() * step**d
    assert mass.item() == pytest.approx(1, abs=1e-8)


def test_each_axis_has_the_density_of_scipy():
    z, w = 9 * torch.randn(2, 6, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    expected = stats.logistic.logpdf(w.numpy(), z.numpy(), 0.7).sum(1)
    np.testing.assert_allclose(Logistic(0.7).log_density(w, given=z), expected, rtol=1e-12)


def test_it_is_the_slope_of_a_sigmoid():
    w = torch.randn(6, 1, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    w.requires_grad_()
    (slope,) = torch.autograd.grad(torch.sigmoid(w / 0.7).sum(), w)
    density = Logistic(0.7).log_density(w, given=torch.zeros_like(w)).exp()
    torch.testing.assert_close(density, slope[:, 0])


def test_its_tails_are_those_of_laplace():
    far = torch.tensor([[1e3], [-1e6], [1e12]], dtype=torch.float64)
    origin = torch.zeros_like(far)
    twice_as_high = GeneralisedNormal(0.7, 1.0).log_density(far, given=origin) + np.log(2)
    torch.testing.assert_close(Logistic(0.7).log_density(far, given=origin), twice_as_high)


def test_it_says_which_scale_it_wants():
    with pytest.raises(ValueError, match=r"`scale` must be positive, got 0\.0.*Use a small scale"):
        Logistic(0.0)
