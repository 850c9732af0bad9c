"""The law of isotropic noise: its moments, its closed forms, and noise itself."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import digamma

from ssl_theory.nulls.marchenko_pastur import (
    density,
    edges,
    expectation,
    expected_sum,
    uniform_correction,
)

RATIOS = [0.05, 0.5, 0.97, 1.0, 2.5]


@pytest.mark.parametrize("ratio", RATIOS)
def test_the_density_integrates_to_what_is_not_zero(ratio):
    low, high = edges(ratio)
    # x = low + s^2 takes the singularity at zero of ratio 1 away.
    mass, _ = quad(lambda s: 2 * s * density(low + s**2, ratio), 0, (high - low) ** 0.5)
    assert mass == pytest.approx(min(1, 1 / ratio), abs=1e-8)
    assert expectation(np.ones_like, ratio) == pytest.approx(min(1, 1 / ratio), abs=3e-4)


@pytest.mark.parametrize("ratio", RATIOS)
def test_moments_are_the_narayana_polynomials(ratio):
    for power, moment in enumerate([1, 1 + ratio, 1 + 3 * ratio + ratio**2], start=1):
        found = expectation(lambda x, p=power: x**p, ratio)
        assert found == pytest.approx(moment, rel=1e-12)


@pytest.mark.parametrize("ratio", [0.05, 0.5, 0.97])
def test_logarithms_have_their_closed_form(ratio):
    log = -1 + (ratio - 1) / ratio * np.log1p(-ratio)
    assert expectation(np.log, ratio) == pytest.approx(log, rel=1e-9)
    # Page's law: the entropy rank of noise is d exp(-ratio / 2).
    assert expectation(lambda x: x * np.log(x), ratio) == pytest.approx(ratio / 2, rel=1e-9)


@pytest.mark.parametrize(("degrees", "dimensions"), [(20, 5), (100, 60), (60, 100)])
def test_second_moments_are_exact_at_every_size(degrees, dimensions):
    exact = dimensions * (degrees + dimensions + 1) / degrees
    assert expected_sum(np.square, degrees, dimensions) == pytest.approx(exact, rel=1e-12)


@pytest.mark.parametrize(("degrees", "dimensions"), [(60, 20), (400, 200)])
def test_log_determinants_are_met_to_higher_order(degrees, dimensions):
    exact = digamma((degrees - np.arange(dimensions)) / 2).sum() + dimensions * np.log(2 / degrees)
    limit = dimensions * expectation(np.log, dimensions / degrees)
    error = abs(expected_sum(np.log, degrees, dimensions) - exact)
    assert error < 2 / degrees < abs(limit - exact) / 5


@pytest.mark.parametrize(("degrees", "dimensions"), [(20, 5), (60, 100), (50, 50)])
def test_items_of_one_length_lack_the_fourth_moments_of_gaussian_ones(degrees, dimensions):
    n, d = degrees, dimensions
    exact = (n * d**2 + n * (n - 1) * d) / n**2  # of each item with itself, and with the others
    found = expected_sum(np.square, n, d) + uniform_correction(np.square, n, d)
    assert found == pytest.approx(exact, rel=1e-12)
    assert uniform_correction(lambda x: x, n, d) == pytest.approx(0, abs=1e-12)


def test_the_log_determinant_of_items_of_one_length_is_larger_by_the_ratio():
    # The logarithm has coefficients -ratio^(k / 2) / k; and items say so.
    n, d = 400, 300
    assert uniform_correction(np.log, n, d) == pytest.approx(d / n, rel=1e-9)
    generator = np.random.default_rng(0)
    apart = []
    for _ in range(100):
        z = generator.standard_normal((n, d))
        u = z * (d / np.square(z).sum(1, keepdims=True)) ** 0.5
        one, other = (np.linalg.slogdet(x.T @ x)[1] for x in (u, z))
        # Less what the size of all items does, whose mean is 1 / n and whose noise hides the rest.
        apart.append(one - other + d * np.log(np.square(z).mean()))
    error = np.std(apart, ddof=1) / 10
    assert abs(np.mean(apart) - d / n) < 4 * error < 0.25


def test_a_ratio_that_is_none_is_refused():
    with pytest.raises(ValueError, match=r"`ratio` must be positive, got 0: it is dimensions"):
        expectation(np.log, 0)
