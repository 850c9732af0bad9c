"""Gaussian clouds look Gaussian whatever their covariance; others do not."""

import math

import numpy as np
import pytest
from scipy.stats import kstest

from ssl_theory.diagnostics.correlations import off_diagonal_correlations
from ssl_theory.diagnostics.normality import sliced_normality
from ssl_theory.report.of_shape import of_shape
from ssl_theory.report.of_units import of_units


def measured(rows):
    return {m.name: m for m in of_shape(rows)}


def gaussian(seed, n=200, d=6):
    return np.random.default_rng(seed).standard_normal((n, d))


def test_values_are_those_of_the_diagnostics():
    rows = gaussian(0) @ np.tri(6) + 2
    found, correlations = measured(rows), off_diagonal_correlations(rows)
    assert {name: m.value for name, m in found.items()} == pytest.approx(
        {
            "sliced normality": sliced_normality(rows, slices=32, standardised=True),
            "SIGReg": sliced_normality(rows, slices=32),
            "mean squared correlation": correlations.mean_square,
            "largest correlation": correlations.largest,
        },
        rel=1e-9,
    )
    upper = np.corrcoef(rows.T)[np.triu_indices(6, 1)]
    assert correlations.mean_square == pytest.approx(np.mean(upper**2))


def test_a_gaussian_is_one_at_any_place_and_of_any_covariance():
    rows = gaussian(3) * 10.0 ** -np.arange(6) + 7
    assert measured(rows)["sliced normality"].null.p_value > 0.05
    assert measured(rows)["SIGReg"].null.p_value == 0.01  # the smallest of 99 draws
    assert measured(gaussian(3))["SIGReg"].null.p_value > 0.05


def test_two_lumps_and_heavy_tails_are_not_gaussian():
    lumps = gaussian(0) + 3 * np.sign(gaussian(1)[:, :1])
    tails = np.random.default_rng(0).standard_t(2, (200, 6))
    for rows in (lumps, tails):
        found = measured(rows)["sliced normality"]
        assert found.value > 2 * found.null.value
        assert found.null.p_value == 0.01


@pytest.mark.slow
def test_p_values_of_gaussian_items_are_uniform():
    scales = 2.0 ** -np.arange(6)
    found = [measured(gaussian(seed) * scales)["sliced normality"] for seed in range(60)]
    assert kstest([m.null.p_value for m in found], "uniform").pvalue > 1e-3
    found = [measured(gaussian(seed))["SIGReg"] for seed in range(60)]
    assert kstest([m.null.p_value for m in found], "uniform").pvalue > 1e-3
    values = np.array([m.value for m in found])
    assert abs(values.mean() - found[0].null.value) < 4 * values.std(ddof=1) / math.sqrt(60)


def test_the_largest_correlation_of_noise_is_above_its_null_half_of_the_time():
    found = [measured_correlation(seed) for seed in range(40)]
    above = sum(m.value > m.null.value for m in found)
    assert abs(above - 20) < 4 * math.sqrt(10)
    # As often as its p-value is below a half: both say where the median is.
    assert all((m.value > m.null.value) == (m.null.p_value < 0.5) for m in found)


def measured_correlation(seed):
    return measured(gaussian(seed, n=19))["largest correlation"]


def test_a_repeated_coordinate_is_seen():
    rows = gaussian(0)
    rows[:, 5] = rows[:, 0]
    found = measured(rows)
    assert found["largest correlation"].value == pytest.approx(1)
    assert found["largest correlation"].null.p_value < 1e-12
    assert found["mean squared correlation"].null.p_value < 1e-6


def test_constant_coordinates_are_left_out_even_if_their_mean_rounds():
    rows = np.hstack([gaussian(0), np.full((200, 2), 0.1)])
    found = measured(rows)
    for name in ("mean squared correlation", "largest correlation"):
        assert found[name].note == "Without 2 coordinates that are constant"
        assert found[name].value == pytest.approx(measured(gaussian(0))[name].value, rel=1e-12)


def test_units_that_are_constant_or_zero_are_counted():
    rows = gaussian(0).clip(min=0)
    rows[:, 1], rows[:, 2] = 0, 5
    found = {m.name: m for m in of_units(rows)}
    assert (found["constant coordinates"].value, found["dead units"].value) == (2, 1)
    assert found["share of zeros"].value == np.mean(rows == 0)
    assert found["dead units"].note == "A unit that is alive for 0.015 of all items shows at 95 %"
    # Such a unit is zero for all 200 items with a chance of 5 %, as said.
    assert (1 - 0.015) ** 200 < 0.05 < (1 - 0.0145) ** 200


def test_directions_that_say_the_same_are_not_counted_as_many():
    # On a line all directions agree: taken for independent, they would reject three times as often.
    found = [
        of_shape(np.random.default_rng(seed).standard_normal((60, 1)))[0].null.p_value
        for seed in range(40)
    ]
    assert sum(p <= 0.05 for p in found) <= 7  # binomial of 40 and 0.05, beyond 0.1 %
