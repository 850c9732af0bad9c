"""The law of shared variance is exact where it can be, and met elsewhere."""

import math

import numpy as np
import pytest
from scipy.stats import beta, kstest

from ssl_theory.nulls.pillai import shared_variance_p_value
from ssl_theory.nulls.wachter import independent_correlations


@pytest.mark.parametrize("second", [1, 4, 19])
def test_one_direction_shares_with_several_by_a_beta_law(second):
    x = np.array([0.01, 0.2, 0.7])
    found = [shared_variance_p_value(v, 20, 1, second) for v in x]
    assert found == pytest.approx(beta(second / 2, (20 - second) / 2).sf(x), rel=1e-9)
    assert found == [shared_variance_p_value(v, 20, second, 1) for v in x]


@pytest.mark.parametrize(
    ("degrees", "first", "second"), [(40, 3, 3), (40, 2, 30), (100, 40, 50), (30, 14, 14)]
)
def test_p_values_of_independent_subspaces_are_uniform(degrees, first, second):
    generator = np.random.default_rng(0)
    squares = np.array(
        [
            np.mean(independent_correlations(degrees, first, second, generator) ** 2)
            for _ in range(1000)
        ]
    )
    error = squares.std(ddof=1) / math.sqrt(1000)
    assert abs(squares.mean() - max(first, second) / degrees) < 4 * error
    chances = [shared_variance_p_value(x, degrees, first, second) for x in squares]
    assert kstest(chances, "uniform").pvalue > 1e-3
    assert np.sum(np.array(chances) < 0.01) <= 10 + 4 * math.sqrt(9.9)


def test_says_when_there_are_too_few_items():
    with pytest.raises(ValueError, match="`degrees` must exceed the dimensions of both views"):
        shared_variance_p_value(0.5, 4, 2, 4)
