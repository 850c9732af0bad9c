"""The axial model is a density, and its surprise the rate at which a pair can be coded."""

import math

import numpy as np
import pytest
import torch
from scipy import integrate
from torch.nn.functional import normalize

from ssl_theory.alignment import Axial
from ssl_theory.spaces import Sphere


def at_angle(angle, d):
    pole = torch.zeros(d, dtype=torch.float64)
    pole[0] = 1
    other = torch.zeros(d, dtype=torch.float64)
    other[0], other[1] = math.cos(angle), math.sin(angle)
    return other, pole


@pytest.mark.parametrize("distortion", [0.05, 0.5, 5.0])
@pytest.mark.parametrize("d", [2, 3, 6])
def test_the_density_has_mass_one(d, distortion):
    def ring(angle):
        w, z = at_angle(angle, d)
        around = math.exp(Sphere.log_area(d - 1)) * math.sin(angle) ** (d - 2)
        return around * Axial(distortion).log_density(w, given=z).exp().item()

    assert integrate.quad(ring, 0, math.pi)[0] == pytest.approx(1, abs=1e-8)


@pytest.mark.parametrize("d", [2, 3, 5])
def test_the_surprise_of_one_pair_over_another_is_their_coding_rates(d):
    z, w = torch.randn(2, 6, d, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    z, w, distortion = normalize(z), normalize(w), 0.3

    def rate(*pair):
        items = np.stack(pair)
        return np.linalg.slogdet(np.eye(d) + d / (2 * distortion) * items.T @ items).logabsdet / 2

    model = Axial(distortion)
    found = model.log_density(z, given=z) - model.log_density(w, given=z)
    expected = [rate(b, a) - rate(a, a) for a, b in zip(z.numpy(), w.numpy(), strict=True)]
    np.testing.assert_allclose(found, expected, rtol=1e-9)


def test_opposite_views_are_as_good_as_equal_ones_and_orthogonal_ones_are_worst():
    def told(angle):
        w, z = at_angle(angle, 3)
        return Axial().log_density(w, given=z).item()

    assert told(0.0) == pytest.approx(told(math.pi), abs=1e-12)
    assert told(0.0) > told(0.7) > told(math.pi / 2)


def test_much_distortion_makes_it_uniform():
    w, z = at_angle(0.4, 3)
    assert Axial(1e6).log_density(w, given=z).item() == pytest.approx(-math.log(4 * math.pi))


def test_it_wants_some_distortion():
    with pytest.raises(ValueError, match="`distortion` must be positive, got 0"):
        Axial(0)
