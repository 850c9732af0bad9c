"""The Epps-Pulley statistic of Gaussian items is a sum of chi-squares of known weights."""

import math

import numpy as np
import pytest
from scipy.stats import chi2, kstest

from ssl_theory.diagnostics.normality import epps_pulley_statistics
from ssl_theory.nulls.epps_pulley import epps_pulley_law, weighted_chi_squares_sf

LINE = {"reach": 9.0, "knots": 145}  # beyond it the integrand is below 1e-17


def test_over_the_whole_line_mean_and_variance_are_elementary():
    weights = epps_pulley_law(**LINE)
    assert weights.sum() == pytest.approx(math.sqrt(2 * math.pi) * (1 - 3**-0.5), rel=1e-9)
    # Gaussian integrals of the squared covariance: cosh(2st) - 2 cosh(st) + 1.
    variance = 4 * math.pi * (5**-0.5 - 2**-0.5 + 1 / 3)
    assert 2 * weights @ weights == pytest.approx(variance, rel=1e-9)


def test_standardised_the_mean_is_that_of_the_test_of_normality():
    # 1 - (1 + 2 b^2)^(-1/2) (1 + b^2 / (1 + 2 b^2) + 3 b^4 / 2 (1 + 2 b^2)^2) with b = 1.
    expected = math.sqrt(2 * math.pi) * (1 - 3**-0.5 * (1 + 1 / 3 + 3 / 18))
    assert epps_pulley_law(standardised=True, **LINE).sum() == pytest.approx(expected, rel=1e-9)


def test_the_authors_quadrature_has_the_published_weights_mean_and_deviation():
    weights = epps_pulley_law()
    assert weights[:4] == pytest.approx([0.5916, 0.3191, 0.0854, 0.0394], abs=5e-5)
    t = np.linspace(0, 3, 17)
    mean = 2 * np.trapezoid((1 - np.exp(-(t**2))) * np.exp(-(t**2) / 2), t)
    assert weights.sum() == pytest.approx(mean, rel=1e-12)
    assert mean == pytest.approx(1.05246, abs=5e-6)
    assert math.sqrt(2 * weights @ weights) == pytest.approx(0.96002, abs=5e-6)


@pytest.mark.parametrize("n", [2, 10, 50])
def test_the_mean_is_exact_for_any_number_of_items(n):
    found = epps_pulley_statistics(np.random.default_rng(n).standard_normal((n, 4000)))
    error = found.std() / 4000**0.5
    assert 5 * error < 0.08
    assert abs(found.mean() - 1.05246) < 5 * error


@pytest.mark.parametrize("standardised", [False, True])
def test_of_many_items_the_statistic_follows_the_law(standardised):
    x = np.random.default_rng(0).standard_normal((300, 800))
    x = (x - x.mean(0)) / x.std(0) if standardised else x
    weights = epps_pulley_law(standardised=standardised)
    chances = [weighted_chi_squares_sf(value, weights) for value in epps_pulley_statistics(x)]
    assert kstest(chances, "uniform").pvalue > 1e-3


@pytest.mark.parametrize(
    ("weights", "law"),
    [
        ([1.0], chi2(1)),
        ([3.0], chi2(1, scale=3)),
        ([0.5] * 7, chi2(7, scale=0.5)),
        ([2.0, 2.0, 0.0], chi2(2, scale=2)),
    ],
)
def test_equal_weights_are_one_chi_square(weights, law):
    for x in law.isf([0.999, 0.5, 0.05, 1e-3, 1e-6]):
        assert weighted_chi_squares_sf(x, np.array(weights)) == pytest.approx(law.sf(x), abs=1e-11)


def test_two_pairs_of_weights_are_a_mixture_of_exponentials():
    # A sum of exponentials of means 2 and 6: partial fractions.
    x = np.array([0.5, 3.0, 20.0])
    expected = (6 * np.exp(-x / 6) - 2 * np.exp(-x / 2)) / 4
    found = [weighted_chi_squares_sf(value, np.array([1.0, 1, 3, 3])) for value in x]
    assert found == pytest.approx(expected, abs=1e-11)


def test_nothing_is_as_likely_exceeded_as_not_to_be_negative():
    assert weighted_chi_squares_sf(0.0, epps_pulley_law()) == 1.0
    assert 0 <= weighted_chi_squares_sf(1e3, epps_pulley_law()) < 1e-12
