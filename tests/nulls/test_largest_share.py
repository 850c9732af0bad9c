"""The largest variance of noise, when the level of the noise is not known."""

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.stats import binom, kstest

from ssl_theory.nulls.isotropic import isotropic_variances
from ssl_theory.nulls.largest_share import largest_share_p_value
from ssl_theory.nulls.tracy_widom import largest_variance_p_value


def shares(degrees, dimensions, draws, seed=0):
    generator = np.random.default_rng(seed)
    for _ in range(draws):
        variances = isotropic_variances(degrees, dimensions, generator)
        yield variances[0] * dimensions / variances.sum()


def test_p_values_are_uniform_on_noise():
    # The law at 40 places and between them: at every draw it would take minutes.
    places = np.linspace(1.5, 5, 40)
    law = [largest_share_p_value(ratio, 63, 16) for ratio in places]
    found = np.interp(list(shares(63, 16, 600)), places, law)
    assert kstest(found, "uniform").pvalue > 0.005


@pytest.mark.parametrize(("degrees", "dimensions"), [(255, 64), (63, 16), (39, 80)])
def test_noise_is_rejected_as_often_as_the_level_says(degrees, dimensions):
    level = 0.05
    bound = brentq(
        lambda r: largest_share_p_value(r, degrees, dimensions) - level, 1, 10, xtol=1e-4
    )
    found = np.fromiter(shares(degrees, dimensions, 1500), float)
    low, high = binom.interval(0.999, 1500, level)
    assert low <= np.sum(found > bound) <= high


def test_not_knowing_the_noise_makes_the_law_narrower():
    # At 5 % the uncorrected law asks for more than noise of unknown level shows.
    plain, ours = (law(2.38, 255, 64) for law in (largest_variance_p_value, largest_share_p_value))
    assert 0 < ours < plain < 0.1


def test_with_many_numbers_the_noise_is_as_good_as_known():
    gaps = []
    for n in (200, 800, 3200):
        d, edge = n // 4, 2.25
        values = [law(edge, n, d) for law in (largest_variance_p_value, largest_share_p_value)]
        gaps.append(abs(values[0] - values[1]))
    assert gaps[0] > gaps[1] > gaps[2]


def test_probabilities_stay_probabilities():
    assert largest_share_p_value(50.0, 100, 20) == 0.0
    assert largest_share_p_value(1.0, 100, 20) == 1.0
