"""Views that share nothing are found to share something in 5 % at 5 %; likewise normality."""

import numpy as np
import pytest
from scipy.stats import binom, kstest

from ssl_theory.diagnostics.autocorrelations import canonical_autocorrelations
from ssl_theory.diagnostics.cka import cka, independence_p_value
from ssl_theory.diagnostics.gaussian_discrepancy import bhep, gaussian_mmd
from ssl_theory.diagnostics.lidar import corrected_lidar
from ssl_theory.diagnostics.nearest_mean import nearest_mean_agreement
from ssl_theory.diagnostics.normality import epps_pulley_statistics, sliced_normality
from ssl_theory.diagnostics.sliced_wasserstein import sliced_wasserstein
from ssl_theory.nulls.epps_pulley import epps_pulley_law, weighted_chi_squares_sf
from ssl_theory.nulls.gaussian import gaussian_null
from ssl_theory.nulls.isotropic import p_value
from ssl_theory.nulls.jacobi import largest_ratio, largest_ratio_p_value, noise_ratios
from ssl_theory.nulls.pillai import shared_variance_p_value
from ssl_theory.nulls.shuffled import shuffled_null
from tests.diagnostics.calibration import (
    SIZES,
    check_same_law,
    check_size,
    check_uniform,
    noise,
    of_grid,
    sizes,
    slow,
)

LEVELS = (0.05, 0.25, 0.5, 0.75)


def check_largest(degrees, d, generator):
    largest = np.array([noise_ratios(*degrees, d, generator)[0] for _ in range(500)])
    found = of_grid(lambda r: largest_ratio_p_value(r, *degrees, d), largest)
    check_uniform(found)
    check_size(found < 0.05)
    check_size(largest > largest_ratio(*degrees, d, level=0.05))


@sizes
def test_unrelated_views_share_a_direction_in_five_percent(n, d):
    generator = np.random.default_rng(4)
    check_largest((n - 1, n), d, generator)
    z, w = generator.standard_normal((2, n, d))
    ratio = largest_ratio(n - 1, n, d, level=0.05) * (n - 1) / n
    found = canonical_autocorrelations(z, w)
    assert found.threshold == pytest.approx((ratio - 1) / (ratio + 1))


@sizes
@pytest.mark.parametrize("v", [2, 10])
def test_views_grouped_wrongly_have_a_corrected_lidar_in_five_percent(v, n, d):
    check_largest((n - 1, n * (v - 1)), d, np.random.default_rng(5))


@sizes
def test_unrelated_representations_share_variance_by_a_beta_law(n, d):
    # Squared canonical correlations are shares of one noise covariance in the sum of two.
    generator, degrees, other = np.random.default_rng(10), n - 1, d // 2
    ratios = (noise_ratios(d, degrees - d, other, generator) for _ in range(1000))
    odds = (r * d / (degrees - d) for r in ratios)
    found = np.array(
        [shared_variance_p_value(np.mean(x / (1 + x)), degrees, d, other) for x in odds]
    )
    check_uniform(found)
    check_size(found < 0.05)


def test_corrected_lidar_counts_what_is_beyond_that_bound():
    v, n, d = 3, 100, 12
    generator = np.random.default_rng(6)
    drawn = (generator.standard_normal((v, n, d)) for _ in range(2000))
    check_size(np.array([corrected_lidar(views, level=0.05) for views in drawn]) > 0)


def draws_of_pairs(n, d, draws, seed):
    generator = np.random.default_rng(seed)
    for _ in range(draws):
        yield generator.standard_normal((2, n, d))


@sizes
def test_students_law_of_the_debiased_alignment_of_noise(n, d):
    found = np.array([independence_p_value(cka(z, w), n) for z, w in draws_of_pairs(n, d, 500, 7)])
    check_uniform(found)
    check_size(found < 0.05)


@sizes
def test_shuffling_tests_reject_exactly_as_often_as_they_say(n, d):
    # Of 20 matchings, all alike where nothing is shared, the true one is the best in one of 20.
    def agreement(z, w):
        return float(np.vdot(z, w))

    found = np.array(
        [
            p_value(agreement(z, w), shuffled_null(agreement, z, w, draws=19), larger=True)
            for z, w in draws_of_pairs(n, d, 500, 8)
        ]
    )
    check_size(found <= 0.05)
    counts = np.bincount(np.rint(found * 20).astype(int), minlength=21)[1:]
    spread = np.square(counts - 25).sum() / 25  # chi-squared of 19 degrees: 38.6 at 0.005
    assert spread < 38.6


@slow
@pytest.mark.parametrize(("n", "d"), SIZES)
def test_labels_that_mean_nothing_are_foretold_no_more_often_than_they_should_be(n, d):
    # Shares come in steps, of which a p-value counts the whole: below the level, never above.
    labels = np.arange(n) % 4
    found = np.array(
        [nearest_mean_agreement(z, labels, seed=i).p_value for i, z in enumerate(noise(n, d, 500))]
    )
    for level in LEVELS:
        assert np.sum(found <= level) <= binom.ppf(0.9975, 500, level)
    assert np.sum(found <= 0.05) >= binom.ppf(0.0025, 500, 0.03)


@pytest.mark.parametrize("n", [256, pytest.param(1024, marks=slow), pytest.param(4096, marks=slow)])
@pytest.mark.parametrize("standardised", [False, True])
def test_one_slice_of_gaussian_items_follows_its_law(n, standardised):
    x = np.random.default_rng(9).standard_normal((n, 1000))
    if standardised:
        x = (x - x.mean(0)) / x.std(0)
    law = epps_pulley_law(standardised=standardised)
    statistics = epps_pulley_statistics(x)
    found = of_grid(lambda t: weighted_chi_squares_sf(t, law), statistics)
    check_uniform(found)
    check_size(found < 0.05)


GAUSSIAN = {
    "sliced normality": lambda z: sliced_normality(z, slices=8),
    "sliced normality, standardised": lambda z: sliced_normality(z, slices=8, standardised=True),
    "sliced Wasserstein": lambda z: sliced_wasserstein(z, slices=8),
    "BHEP": bhep,
    "discrepancy": gaussian_mmd,
}


@sizes
@pytest.mark.parametrize("name", list(GAUSSIAN)[:3])
def test_tests_of_normality_by_simulation_have_their_size(name, n, d):
    statistic = GAUSSIAN[name]
    null = gaussian_null(statistic, n, d, draws=199)
    found = [statistic(z) for z in noise(n, d, 500)]
    check_same_law(found, null)


@pytest.mark.parametrize("name", list(GAUSSIAN)[3:])
def test_tests_of_all_pairs_by_simulation_have_their_size(name):
    n, d = 48, 6
    statistic = GAUSSIAN[name]
    null = gaussian_null(statistic, n, d, draws=1999)
    found = [statistic(z) for z in noise(n, d, 500)]
    check_same_law(found, null)
    p_values = np.array([p_value(value, null, larger=True) for value in found])
    check_size(p_values <= 0.05)
    assert kstest(p_values, "uniform").pvalue > 0.005
