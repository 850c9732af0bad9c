"""The sampler has the law of noise, and p-values made of it are uniform."""

import numpy as np
import pytest
from scipy.stats import ks_2samp, kstest

from ssl_theory.diagnostics import effective_rank
from ssl_theory.diagnostics.rank import hill_number
from ssl_theory.nulls import isotropic_null, isotropic_variances, p_value

SIZES = [(40, 6), (12, 12), (9, 30)]


def measured(degrees, dimensions, generator):
    z = generator.standard_normal((degrees + 1, dimensions))
    return np.linalg.eigvalsh(np.cov(z.T))[::-1][: min(degrees, dimensions)]


@pytest.mark.parametrize(("degrees", "dimensions"), SIZES)
@pytest.mark.parametrize("statistic", [np.max, np.min, np.sum, lambda x: np.sum(x**2)])
def test_the_sampler_has_the_law_of_noise(degrees, dimensions, statistic):
    generator = np.random.default_rng(degrees)
    ours, theirs = (
        [statistic(draw(degrees, dimensions, generator)) for _ in range(1500)]
        for draw in (isotropic_variances, measured)
    )
    assert ks_2samp(ours, theirs).pvalue > 1e-3


def test_the_inverse_participation_ratio_has_its_exact_mean():
    degrees, dimensions = 50, 20
    null = isotropic_null(lambda x: np.sum(x**2) / np.sum(x) ** 2, degrees, dimensions, draws=4000)
    exact = (degrees + dimensions + 1) / (degrees * dimensions + 2)
    error = null.std() / len(null) ** 0.5
    assert error < 1e-3 * exact
    assert abs(null.mean() - exact) < 5 * error


def rank(variances):
    return hill_number(variances / variances.sum(), 1.0)


def test_p_values_of_noise_are_uniform():
    n, d = 80, 20
    null = isotropic_null(rank, n - 1, d, draws=1999)
    generator = np.random.default_rng(1)
    ranks = [effective_rank(generator.standard_normal((n, d))) for _ in range(600)]
    p = [p_value(found, null, larger=False) for found in ranks]
    assert kstest(p, "uniform").pvalue > 1e-3
    assert abs(np.mean(np.array(p) <= 0.05) - 0.05) < 5 * (0.05 * 0.95 / 600) ** 0.5


def test_p_values_are_never_zero_and_count_ties():
    null = np.array([1.0, 2.0, 3.0])
    assert p_value(9.0, null, larger=True) == p_value(0.0, null, larger=False) == 0.25
    assert p_value(3.0, null, larger=True) == 0.5


def test_a_draw_is_the_same_for_the_same_seed():
    ours = isotropic_null(np.max, 30, 10, draws=5, seed=3)
    assert np.array_equal(ours, isotropic_null(np.max, 30, 10, draws=5, seed=3))
    assert not np.array_equal(ours, isotropic_null(np.max, 30, 10, draws=5, seed=4))


def test_sizes_below_one_are_refused():
    with pytest.raises(ValueError, match=r"must be at least 1, got 0 and 5\. Give two items"):
        isotropic_variances(0, 5, np.random.default_rng(0))
