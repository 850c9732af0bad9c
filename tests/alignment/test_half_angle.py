"""The half-angle model is a density around the mean of two unit vectors."""

import math

import pytest
import torch
from scipy import integrate
from torch.nn.functional import cosine_similarity, normalize

from ssl_theory import notation as nt
from ssl_theory.alignment import HalfAngle, VonMisesFisher
from ssl_theory.spaces import Sphere


def at_angle(angle, d):
    pole = torch.zeros(d, dtype=torch.float64)
    pole[0] = 1
    other = torch.zeros(d, dtype=torch.float64)
    other[0], other[1] = math.cos(angle), math.sin(angle)
    return other, pole


@pytest.mark.parametrize("concentration", [0.1, 3.0, 200.0])
@pytest.mark.parametrize("d", [2, 3, 6])
def test_the_density_has_mass_one(d, concentration):
    def ring(angle):
        w, z = at_angle(angle, d)
        around = math.exp(Sphere.log_area(d - 1)) * math.sin(angle) ** (d - 2)
        return around * HalfAngle(concentration).log_density(w, given=z).exp().item()

    peak = min(4 / math.sqrt(concentration), 1.0)
    parts = [integrate.quad(ring, *ends)[0] for ends in ((0, peak), (peak, math.pi))]
    assert sum(parts) == pytest.approx(1, abs=1e-8)


def test_on_a_line_the_density_is_of_two_points():
    one = torch.ones(1, dtype=torch.float64)
    masses = [HalfAngle(2.0).log_density(w, given=one).exp().item() for w in (one, -one)]
    assert sum(masses) == pytest.approx(1, abs=1e-12)
    assert masses[0] / masses[1] == pytest.approx(math.exp(2), abs=1e-9)


@pytest.mark.parametrize("d", [2, 5, 9])
def test_the_normaliser_has_a_closed_form_on_paper(d):
    w, z = at_angle(0.0, d)
    told = HalfAngle(7.0).log_density(w, given=z).item()
    assert nt.number(HalfAngle(7.0).log_normaliser(), 3, d) == pytest.approx(told - 7, abs=1e-12)


def test_it_tells_the_cosine_of_each_view_with_their_mean():
    z, w = torch.randn(2, 6, 4, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    z, w = normalize(z), normalize(w)
    model, mean = HalfAngle(5.0), (z + w) / 2
    told = model.log_density(w, given=z) - model.log_density(z, given=z)
    torch.testing.assert_close(told, 5 * (cosine_similarity(z, mean) - 1))
    torch.testing.assert_close(told, 5 * (cosine_similarity(w, mean) - 1))


@pytest.mark.parametrize(("angle", "ratio"), [(1e-3, 1), (math.pi, 2)])
def test_a_von_mises_fisher_of_a_quarter_of_it_has_its_peak_and_half_its_fall(angle, ratio):
    # 1 - cos(x / 2) is x^2 / 8 for small x, and (1 - cos x) / 4 is too.
    w, z = at_angle(angle, 3)
    models = HalfAngle(400.0), VonMisesFisher(100.0)
    falls = [m.log_density(z, given=z) - m.log_density(w, given=z) for m in models]
    assert (falls[0] / falls[1]).item() == pytest.approx(ratio, rel=1e-5)


def test_it_wants_a_positive_concentration():
    with pytest.raises(ValueError, match="`concentration` must be positive, got 0"):
        HalfAngle(0)
