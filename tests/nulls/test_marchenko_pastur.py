"""The law of isotropic noise: its moments, its closed forms, and noise itself."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import digamma

from ssl_theory.nulls.marchenko_pastur import density, edges, expectation, expected_sum

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


def test_a_ratio_that_is_none_is_refused():
    with pytest.raises(ValueError, match=r"`ratio` must be positive, got 0: it is dimensions"):
        expectation(np.log, 0)
