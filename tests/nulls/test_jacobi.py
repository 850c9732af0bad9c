"""The ratio of two covariances of the same noise, drawn and in the limit."""

import numpy as np
import pytest
from scipy.linalg import eigh
from scipy.stats import f, ks_2samp, kstest

from ssl_theory.nulls.jacobi import largest_ratio, largest_ratio_p_value, noise_ratios
from ssl_theory.nulls.wachter import independent_correlations


def measured(between, within, dimensions, generator):
    b, w = (generator.standard_normal((m, dimensions)) for m in (between, within))
    ratios = eigh(b.T @ b / between, w.T @ w / within, eigvals_only=True)
    return ratios[::-1][: min(between, dimensions)]


@pytest.mark.parametrize("sizes", [(12, 30, 5), (5, 30, 5), (4, 30, 9), (1, 9, 3), (6, 6, 6)])
@pytest.mark.parametrize("statistic", [np.max, np.min, lambda x: np.sum(np.log1p(x))])
def test_the_sampler_has_the_law_of_two_wishart_matrices(sizes, statistic):
    generator = np.random.default_rng(0)
    ours, theirs = (
        [statistic(draw(*sizes, generator)) for _ in range(800)]
        for draw in (noise_ratios, measured)
    )
    assert ks_2samp(ours, theirs).pvalue > 1e-3


def test_in_one_dimension_it_is_a_ratio_of_fishers():
    generator = np.random.default_rng(0)
    draws = [noise_ratios(4, 11, 1, generator)[0] for _ in range(1000)]
    assert kstest(draws, f(4, 11).cdf).pvalue > 1e-3


def test_shares_are_squared_canonical_correlations_of_independent_views():
    # Between groups, the view of group labels is as independent of noise as any other view.
    between, within, d = 15, 40, 6
    generator = np.random.default_rng(1)
    ratios = np.array([noise_ratios(between, within, d, generator) for _ in range(800)])
    odds = ratios * between / within
    squares = [
        independent_correlations(between + within, between, d, generator) ** 2 for _ in range(800)
    ]
    for place in (0, -1):
        ours = (odds / (1 + odds))[:, place]
        assert ks_2samp(ours, np.array(squares)[:, place]).pvalue > 1e-3


@pytest.mark.parametrize(("between", "within", "d"), [(99, 900, 10), (60, 60, 20), (10, 200, 30)])
def test_chance_exceeds_the_edge_as_often_as_the_level_says(between, within, d):
    draws, generator = 2000, np.random.default_rng(2)
    largest = np.array([noise_ratios(between, within, d, generator)[0] for _ in range(draws)])
    for level in (0.05, 0.01):
        found = np.mean(largest > largest_ratio(between, within, d, level=level))
        error = (level * (1 - level) / draws) ** 0.5
        assert abs(found - level) < 5 * error
        assert 5 * error < 1.2 * level


@pytest.mark.parametrize("level", [0.1, 0.05])
def test_one_direction_is_tested_by_fishers_quantile(level):
    # Far from the law's limit, and still within a few hundredths.
    assert largest_ratio(40, 200, 1, level=level) == pytest.approx(f(40, 200).isf(level), rel=0.05)


def test_too_few_degrees_of_freedom_are_refused():
    with pytest.raises(ValueError, match="`within` must be at least the 5 dimensions, got 4"):
        largest_ratio(9, 4, 5)
    with pytest.raises(ValueError, match="`between` and `dimensions` must be at least 1, got 0"):
        noise_ratios(0, 9, 5, np.random.default_rng(0))


def test_p_values_of_the_largest_ratio_of_noise_are_uniform():
    generator = np.random.default_rng(0)
    largest = [noise_ratios(50, 400, 20, generator)[0] for _ in range(200)]
    chances = [largest_ratio_p_value(x, 50, 400, 20) for x in largest]
    assert kstest(chances, "uniform").pvalue > 1e-3
    edge = largest_ratio(50, 400, 20, level=0.03)
    assert largest_ratio_p_value(edge, 50, 400, 20) == pytest.approx(0.03, rel=1e-9)
    assert largest_ratio_p_value(0.0, 50, 400, 20) == 1
