"""A model's own marginal costs the entropy and the divergence from that marginal."""

import math

import numpy as np
import pytest
import torch
from scipy.integrate import trapezoid
from scipy.stats import laplace, norm

from ssl_theory.alignment import Gaussian, VonMisesFisher
from ssl_theory.latent_distribution_matching import Matching
from ssl_theory.spaces import Sphere
from ssl_theory.uniformity import ModelMarginal
from tests.uniformity.laws import LAWS, estimates, normal, uniform_sphere


def standard_error(found):
    error = found.std().item() / math.sqrt(len(found))
    assert error < 0.03
    return error


@pytest.mark.parametrize("t", [0.5, 1.0, 2.0])
def test_gaussian_latents_give_the_cross_entropy_of_two_gaussians(t):
    # z of variance 1 smoothed by 0.5 has variance 1.5; w has variance t.
    generator = torch.Generator().manual_seed(0)
    found = torch.stack(
        [
            ModelMarginal(Gaussian(0.5)).entropy(
                math.sqrt(t) * normal(1000, 2, generator), given=normal(1000, 2, generator)
            )
            for _ in range(10)
        ]
    )
    expected = math.log(2 * math.pi * 1.5) + t / 1.5
    assert abs(found.mean().item() - expected) < 5 * standard_error(found)


def test_with_the_true_model_it_is_the_entropy():
    generator = torch.Generator().manual_seed(0)
    found = []
    for _ in range(10):
        z = normal(1000, 2, generator)
        w = z + math.sqrt(0.5) * normal(1000, 2, generator)
        found.append(ModelMarginal(Gaussian(0.5)).entropy(w, given=z))
    found = torch.stack(found)
    assert abs(found.mean().item() - math.log(2 * math.pi * math.e * 1.5)) < 5 * standard_error(
        found
    )


def test_laplace_latents_give_the_quadrature_of_their_smoothed_law():
    axis = np.linspace(-25, 25, 5001)
    smoothing = norm.pdf(axis[:, None] - axis[None, ::10], scale=math.sqrt(0.5))
    smoothed = trapezoid(smoothing * laplace.pdf(axis)[:, None], axis, axis=0)
    here = axis[::10]
    per_axis = trapezoid(-laplace.pdf(here) * np.log(smoothed), here)
    found = estimates(ModelMarginal(Gaussian(0.5)), LAWS["laplace 2"], items=1000, batches=10)
    assert abs(found.mean().item() - 2 * per_axis) < 5 * standard_error(found)


@pytest.mark.parametrize("d", [2, 3, 8])
def test_a_uniform_sphere_smoothed_is_still_uniform(d):
    found = estimates(ModelMarginal(VonMisesFisher(2.0)), uniform_sphere(d), items=1000, batches=4)
    assert found.mean().item() == pytest.approx(Sphere.log_area(d), abs=0.02)


def test_one_point_for_all_items_leaves_the_conditional_density():
    z = torch.ones(5, 2, dtype=torch.float64)
    w = z + normal(5, 2, torch.Generator().manual_seed(0))
    surprise = -Gaussian(0.5).log_density(w, given=z).mean()
    torch.testing.assert_close(ModelMarginal(Gaussian(0.5)).entropy(w, given=z), surprise)


def test_distant_items_do_not_underflow():
    z = 1e6 * torch.eye(3, dtype=torch.float64)
    found = ModelMarginal(Gaussian(1.0)).entropy(z, given=z).item()
    assert found == pytest.approx(1.5 * math.log(2 * math.pi) + math.log(3), abs=1e-9)


def test_is_the_entropy_of_one_view():
    assert ModelMarginal(Gaussian()).matching is Matching.MARGINAL
