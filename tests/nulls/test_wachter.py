"""Canonical correlations by chance."""

import numpy as np
import pytest
from scipy.stats import ks_2samp

from ssl_theory.nulls.wachter import canonical_edges, independent_correlations


def measured(degrees, first, second, generator):
    x, y = (generator.standard_normal((degrees, d)) for d in (first, second))
    bases = [np.linalg.qr(v)[0] for v in (x, y)]
    return np.clip(np.linalg.svd(bases[0].T @ bases[1], compute_uv=False), 0, 1)


@pytest.mark.parametrize("sizes", [(40, 5, 8), (40, 8, 5), (20, 12, 12)])
@pytest.mark.parametrize("statistic", [np.max, np.min, np.sum])
def test_the_sampler_has_the_law_of_independent_views(sizes, statistic):
    generator = np.random.default_rng(0)
    ours, theirs = (
        [statistic(draw(*sizes, generator)) for _ in range(800)]
        for draw in (independent_correlations, measured)
    )
    assert ks_2samp(ours, theirs).pvalue > 1e-3


@pytest.mark.parametrize("sizes", [(2000, 300, 300), (2000, 100, 600)])
def test_large_samples_fill_the_interval_between_the_edges(sizes):
    squares = independent_correlations(*sizes, np.random.default_rng(0)) ** 2
    low, high = canonical_edges(*sizes)
    slack = 3 * sizes[0] ** (-2 / 3)
    assert high - slack < squares.max() < high + slack
    assert low - slack < squares.min() < low + slack


def test_the_mean_squared_correlation_is_the_larger_dimension_over_the_degrees():
    degrees, first, second = 60, 4, 9
    generator = np.random.default_rng(1)
    draws = [
        np.mean(independent_correlations(degrees, first, second, generator) ** 2)
        for _ in range(2000)
    ]
    error = np.std(draws) / len(draws) ** 0.5
    assert error < 0.01 * np.mean(draws)
    assert abs(np.mean(draws) - second / degrees) < 5 * error


def test_more_dimensions_than_items_are_refused():
    with pytest.raises(ValueError, match="predict each other perfectly by chance"):
        canonical_edges(10, 10, 3)
    with pytest.raises(ValueError, match="`degrees` must be at least 11, the larger dimension"):
        independent_correlations(10, 11, 3, np.random.default_rng(0))
    assert canonical_edges(10, 7, 6)[1] == 1.0
