"""The sliced Wasserstein distance: what it costs to move, and to what sample."""

import math

import pytest
import torch
from scipy import stats

from ssl_theory.uniformity import SlicedWasserstein
from ssl_theory.uniformity.sliced_epps_pulley import directions
from ssl_theory.uniformity.sliced_wasserstein import rectified_sample


def _cost(part: SlicedWasserstein, w: torch.Tensor) -> float:
    return -part.entropy(w, given=w).item()


@pytest.mark.parametrize("d", [1, 3])
def test_the_sample_itself_costs_nothing_in_any_order(d):
    sample = rectified_sample(9, d, 1.0, 0.3, seed=2)
    assert _cost(SlicedWasserstein(1.0, 1.0, 0.3, seed=2), sample.flip(0)) == pytest.approx(0)


def test_a_step_costs_its_square_along_each_direction():
    sample, step = rectified_sample(9, 3, 1.0, 0.0, seed=0), torch.tensor([1.0, -2.0, 0.5])
    expected = 3 * (step.double() @ directions(3, 64, 0)).square().mean().item()
    assert _cost(SlicedWasserstein(slices=64), sample + step) == pytest.approx(expected)


def test_on_a_line_it_is_the_distance_of_two_quantile_functions():
    w = torch.randn(9, 1, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    sample = rectified_sample(9, 1, 1.0, 0.0, seed=0)
    gaps = torch.linspace(0, 1, 9, dtype=torch.float64)
    apart = w.quantile(gaps) - sample.quantile(gaps)
    mirrored = (-w).quantile(gaps) - (-sample).quantile(gaps)
    assert mirrored.square().mean().item() == pytest.approx(apart.square().mean().item())
    assert _cost(SlicedWasserstein(), w) == pytest.approx(apart.square().mean().item())


@pytest.mark.parametrize("shape", [1.0, 2.0, 4.0])
@pytest.mark.parametrize("shift", [-1.0, 0.0, 0.5])
def test_the_sample_has_the_moments_of_its_law(shape, shift):
    law = stats.gennorm(shape, scale=math.sqrt(math.gamma(1 / shape) / math.gamma(3 / shape)))
    assert law.var() == pytest.approx(1)
    found = rectified_sample(2000, 20, shape, shift, seed=0).flatten()
    shown, mean = law.sf(-shift), law.expect(lambda e: shift + e, lb=-shift)
    error = 1 / math.sqrt(len(found))  # no deviation here is above 1.2
    assert abs((found > 0).double().mean().item() - shown) < 5 * error
    assert abs(found.mean().item() - mean) < 5 * 1.2 * error
    assert error < 0.006


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"shape": 0.0}, r"`shape` must be positive, got 0\.0.*Use 1 for Laplace"),
        ({"slices": 0}, r"`slices` must be at least 1, got 0.*Use a few hundred"),
    ],
)
def test_it_says_which_fields_it_wants(fields, message):
    with pytest.raises(ValueError, match=message):
        SlicedWasserstein(**fields)
