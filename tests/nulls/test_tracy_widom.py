"""The edge law: published moments and quantiles, and the size of the test built on it."""

import numpy as np
import pytest
from scipy.integrate import quad

from ssl_theory.nulls import isotropic_variances, largest_variance_p_value
from ssl_theory.nulls.tracy_widom import standardised_largest, tracy_widom_cdf, tracy_widom_quantile

# Bornemann (2010), table 10: mean and variance of the law for beta = 1.
MEAN, VARIANCE = -1.2065335745820, 1.6077810345810


def test_mean_and_variance_are_the_published_ones():
    # E s and E s^2 by parts, from the law itself and not from its density.
    above = lambda power: quad(  # noqa: E731
        lambda s: power * s ** (power - 1) * (1 - tracy_widom_cdf(s)), 0, 12
    )[0]
    below = lambda power: quad(  # noqa: E731
        lambda s: power * s ** (power - 1) * tracy_widom_cdf(s), -12, 0
    )[0]
    mean = above(1) - below(1)
    assert mean == pytest.approx(MEAN, abs=1e-7)
    assert above(2) - below(2) - mean**2 == pytest.approx(VARIANCE, abs=1e-6)


@pytest.mark.parametrize(("level", "quantile"), [(0.90, 0.4501), (0.95, 0.9793), (0.99, 2.0234)])
def test_quantiles_are_the_tabulated_ones(level, quantile):
    assert tracy_widom_quantile(level) == pytest.approx(quantile, abs=6e-5)


def test_quantiles_invert_the_law():
    for level in (1e-6, 0.3, 1 - 1e-6):
        assert tracy_widom_cdf(tracy_widom_quantile(level)) == pytest.approx(level, abs=1e-10)


def test_far_tails_are_zero_and_one():
    assert tracy_widom_cdf(-50) == tracy_widom_cdf(-30) == 0.0
    assert tracy_widom_cdf(50) == 1.0
    law = [tracy_widom_cdf(s) for s in np.linspace(-12, 12, 200)]
    assert np.all(np.diff(law) >= -1e-14)


@pytest.mark.parametrize(("items", "dimensions"), [(11, 10), (256, 64), (1024, 256), (4096, 256)])
def test_five_percent_of_noise_is_rejected(items, dimensions):
    generator = np.random.default_rng(items)
    draws = 6000 if items < 20 else 1500
    threshold = tracy_widom_quantile(0.95)
    degrees = items - 1
    largest = [isotropic_variances(degrees, dimensions, generator)[0] for _ in range(draws)]
    rejected = [standardised_largest(x, degrees, dimensions) > threshold for x in largest]
    assert largest_variance_p_value(max(largest), degrees, dimensions) < 0.05
    assert largest_variance_p_value(min(largest), degrees, dimensions) > 0.05
    assert abs(np.mean(rejected) - 0.05) < 4 * (0.05 * 0.95 / draws) ** 0.5


def test_levels_out_of_reach_are_refused():
    with pytest.raises(ValueError, match="`p` must lie between 1e-9"):
        tracy_widom_quantile(1.0)
