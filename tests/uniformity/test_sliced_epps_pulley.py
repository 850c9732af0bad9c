"""The sliced Epps-Pulley statistic: its integral in closed form, its law, and where it rests."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
import torch

from ssl_theory.uniformity import BHEP, SlicedEppsPulley
from ssl_theory.uniformity.sliced_epps_pulley import directions, epps_pulley

ORACLES = json.loads(Path(__file__).parents[1].joinpath("oracles/lejepa.json").read_text("utf-8"))
WHOLE_LINE = {"reach": 9.0, "knots": 145}  # the integrand is below 1e-17 at its ends


def _normal(*shape: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def _closed_form(x: np.ndarray) -> float:
    n = len(x)
    pairs = sum(math.exp(-((p - q) ** 2) / 2) for p in x for q in x) / n**2
    lengths = sum(math.exp(-(p**2) / 4) for p in x) / n
    return n * (
        math.sqrt(2 * math.pi) * pairs
        - 2 * math.sqrt(math.pi) * lengths
        + math.sqrt(2 * math.pi / 3)
    )


@pytest.mark.parametrize("scale", [0.1, 1.0, 3.0])
def test_over_the_whole_line_the_integral_is_elementary(scale):
    x = scale * _normal(12, 3)
    expected = [_closed_form(column) for column in x.T.tolist()]
    np.testing.assert_allclose(epps_pulley(x, **WHOLE_LINE), expected, rtol=1e-10, atol=1e-10)


def test_on_a_line_it_is_bhep_up_to_the_mass_of_its_weight():
    w = _normal(9, 1)
    sliced = SlicedEppsPulley(slices=4, **WHOLE_LINE).entropy(w, given=w)
    expected = math.sqrt(2 * math.pi) * BHEP(bandwidth=1.0).entropy(w, given=w)
    torch.testing.assert_close(sliced, expected, rtol=1e-10, atol=1e-10)


def _data() -> torch.Tensor:
    rng = np.random.default_rng(0)
    return torch.from_numpy(rng.standard_normal((512, 32)) * np.arange(1, 33) ** -0.5)[:256]


def test_it_is_the_authors_statistic_in_their_directions():
    x = _data()
    ours = -SlicedEppsPulley(slices=64, seed=0).entropy(x, given=x).item() / 32
    assert ours == pytest.approx(ORACLES["lejepa"]["statistic"], rel=1e-6)


def test_another_implementation_leaves_out_the_number_of_items_and_the_origin():
    # Ten knots from -3 to 3 step over t = 0, where the integrand vanishes anyway.
    x = _data()
    t = np.linspace(-3, 3, 10)
    law = np.exp(1j * (x @ directions(32, 64, 0)).numpy()[..., None] * t).mean(0)
    gap = np.abs(law - np.exp(-(t**2) / 2)) ** 2 * np.exp(-(t**2) / 2)
    theirs = np.trapezoid(gap, t).mean()
    assert theirs == pytest.approx(ORACLES["eb_jepa"]["statistic"], rel=5e-6)
    ours = epps_pulley(x @ directions(32, 64, 0), 3.0, 17).mean().item()
    assert ours / theirs == pytest.approx(256, rel=0.005)


def test_three_standard_deviations_hold_all_but_a_hundredth():
    x = _normal(64, 200)
    cut, whole = epps_pulley(x, 3.0, 17).mean(), epps_pulley(x, **WHOLE_LINE).mean()
    assert 0.97 < (cut / whole).item() < 1


@pytest.mark.parametrize("scale", [1.0, 0.5, 2.0])
def test_its_mean_over_gaussian_samples_is_known(scale):
    n, columns = 32, 4000
    statistics = epps_pulley(scale * _normal(n, columns), **WHOLE_LINE)
    variance = scale**2
    population = 1 / math.sqrt(2 * variance + 1) - 2 / math.sqrt(variance + 2) + 1 / math.sqrt(3)
    noise = 1 - 1 / math.sqrt(2 * variance + 1)
    expected = math.sqrt(2 * math.pi) * (n * population + noise)
    error = statistics.std().item() / math.sqrt(columns)
    assert error < 0.03 * expected
    assert abs(statistics.mean().item() - expected) < 5 * error


def test_an_exact_collapse_at_the_origin_is_a_stationary_point():
    w = torch.zeros(6, 3, dtype=torch.float64, requires_grad=True)
    SlicedEppsPulley().entropy(w, given=w).backward()
    assert torch.equal(w.grad, torch.zeros_like(w))


def test_a_point_at_the_origin_pays_the_same_for_every_axis():
    w = torch.zeros(6, 3, dtype=torch.float64)
    paid = -SlicedEppsPulley(0.5, **WHOLE_LINE).entropy(w, given=w).item()
    each = math.sqrt(2 * math.pi) * (1 - math.sqrt(2) + 1 / math.sqrt(3))
    assert paid == pytest.approx(0.5 * 6 * 3 * each, rel=1e-12)


def test_directions_are_unit_vectors_that_only_the_seed_decides():
    first = directions(3, 5, 0)
    torch.testing.assert_close(first.norm(dim=0), torch.ones(5, dtype=torch.float64))
    torch.rand(1)
    assert torch.equal(first, directions(3, 5, 0))
    assert not torch.equal(first, directions(3, 5, 1))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"slices": 0}, "`slices` must be at least 1, got 0.*Use a few hundred"),
        ({"knots": 1}, r"`knots` must be at least 2 on a positive `reach`, got 1 on 3\.0"),
        ({"reach": 0.0}, r"`knots` must be at least 2 on a positive `reach`, got 17 on 0\.0"),
    ],
)
def test_it_says_which_fields_it_wants(fields, message):
    with pytest.raises(ValueError, match=message):
        SlicedEppsPulley(**fields)
