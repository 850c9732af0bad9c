"""A context asked about all targets knows their entropy if they are as the noise is."""

import math

import pytest
import torch

from ssl_theory.alignment import Gaussian, LinearMap, Predicted, VonMisesFisher
from ssl_theory.spaces import Sphere
from ssl_theory.uniformity import CandidateMarginal, ModelMarginal
from tests.uniformity.laws import normal


@pytest.mark.parametrize("seed", [0, 1])
def test_targets_that_are_the_noise_have_their_entropy_whatever_is_predicted(seed):
    noise, generator = Gaussian(1.0), torch.Generator().manual_seed(seed)
    part = CandidateMarginal(Predicted(noise, LinearMap(2, seed), (2,)), noise)
    found = torch.stack(
        [
            # Contexts of deviation one half: the ratio of densities has a finite variance.
            part.entropy(normal(500, 2, generator), given=normal(500, 2, generator) / 2)
            for _ in range(12)
        ]
    )
    error = found.std().item() / math.sqrt(12)
    assert error < 0.03
    assert abs(found.mean().item() - math.log(2 * math.pi * math.e)) < 5 * error


@pytest.mark.parametrize("deviation", [0.5, 1.2])
def test_targets_of_another_width_cost_a_gaussian_integral(deviation):
    # E exp(<w, h> - |h|^2 / 2) = exp((s^2 - 1) |h|^2 / 2), here for one h and deviation s.
    noise, generator = Gaussian(1.0), torch.Generator().manual_seed(0)
    h = torch.tensor([[0.6, 0.8]], dtype=torch.float64)
    found = []
    for _ in range(12):
        w = deviation * normal(500, 2, generator)
        found.append(CandidateMarginal(noise, noise).entropy(w, given=h.expand(500, 2)))
    found = torch.stack(found)
    s = deviation**2
    expected = math.log(2 * math.pi) + s - (s - 1) / 2
    error = found.std().item() / math.sqrt(12)
    assert error < 0.03
    assert abs(found.mean().item() - expected) < 5 * error


def test_a_symmetric_model_on_the_sphere_asks_the_other_view_the_same():
    # Its noise is a constant there, so contexts and targets only exchange their parts.
    z, w = (Sphere().project(x) for x in normal(2 * 7, 3, torch.Generator()).reshape(2, 7, 3))
    model = VonMisesFisher(4.0)
    there = CandidateMarginal(model, model).entropy(w, given=z)
    torch.testing.assert_close(there, ModelMarginal(model).entropy(z, given=w))
