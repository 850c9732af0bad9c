"""The von Mises-Fisher latent model is a density on the sphere, and scipy's."""

import math

import pytest
import torch
from scipy.integrate import quad
from scipy.stats import vonmises, vonmises_fisher

from ssl_theory.alignment import VonMisesFisher
from ssl_theory.spaces import Sphere


@pytest.mark.parametrize("d", [2, 3, 4, 9])
@pytest.mark.parametrize("concentration", [0.1, 2.0, 30.0])
def test_integrates_to_one(d, concentration):
    # By latitude: circles at angle a from the mean have area |S^{d-2}| sin(a)^{d-2}.
    model, pole = VonMisesFisher(concentration), torch.eye(d, dtype=torch.float64)[0]

    def ring(angle):
        w = torch.zeros(d, dtype=torch.float64)
        w[0], w[1] = math.cos(angle), math.sin(angle)
        area = math.exp(Sphere.log_area(d - 1)) * math.sin(angle) ** (d - 2)
        return model.log_density(w, given=pole).exp().item() * area

    mass, _ = quad(ring, 0, math.pi, epsabs=1e-11, epsrel=1e-11)
    assert mass == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize("concentration", [0.1, 1.0, 50.0])
def test_on_the_line_the_two_signs_share_a_mass_of_one(concentration):
    signs = torch.tensor([[1.0], [-1.0]], dtype=torch.float64)
    density = VonMisesFisher(concentration).log_density(signs, given=signs[:1]).exp()
    assert density.sum().item() == pytest.approx(1, abs=1e-12)


def test_on_the_circle_it_is_the_von_mises_density_of_scipy():
    angles = torch.linspace(0, 6, 20, dtype=torch.float64)
    w = torch.stack([angles.cos(), angles.sin()], dim=1)
    ours = VonMisesFisher(3.0).log_density(w, given=w[:1])
    scipy = torch.tensor(vonmises(3.0).logpdf(angles.numpy()))
    torch.testing.assert_close(ours, scipy, rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize("d", [2, 3, 8, 50])
@pytest.mark.parametrize("concentration", [0.5, 10.0, 100.0])
def test_is_the_density_of_scipy(d, concentration):
    noise = torch.randn(7, d, generator=torch.Generator().manual_seed(d), dtype=torch.float64)
    w = Sphere().project(noise)
    scipy = vonmises_fisher(w[0].numpy(), concentration).logpdf(w.numpy())
    ours = VonMisesFisher(concentration).log_density(w, given=w[:1])
    torch.testing.assert_close(ours, torch.tensor(scipy), rtol=1e-9, atol=1e-9)


def test_a_sharp_one_is_a_gaussian_in_the_tangent_plane():
    # Of variance 1 / concentration; the next term is of that order too.
    concentration, d = 1e6, 3
    pole = torch.eye(d, dtype=torch.float64)[0]
    at_the_mean = VonMisesFisher(concentration).log_density(pole, given=pole).item()
    tangent = (d - 1) / 2 * math.log(concentration / (2 * math.pi))
    assert at_the_mean == pytest.approx(tangent, abs=1e-5)


def test_broadcasts_to_all_pairs():
    noise = torch.randn(2, 4, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    z, w = Sphere().project(noise)
    table = VonMisesFisher().log_density(w[:, None], given=z[None])
    assert table.shape == (4, 4)
    torch.testing.assert_close(table.diagonal(), VonMisesFisher().log_density(w, given=z))


@pytest.mark.parametrize("concentration", [0.0, -1.0, float("nan")])
def test_a_negative_concentration_pushes_views_apart(concentration):
    with pytest.raises(ValueError, match=r"`concentration` must be positive.*1 / temperature"):
        VonMisesFisher(concentration)
