"""The sequential rules, each against a sum or a law found in another way."""

import numpy as np
import pytest
import scipy.stats

from ssl_theory.collapse.sequential.cusum import cusum
from ssl_theory.collapse.sequential.e_detector import (
    RATES,
    cusum_detector,
    e_values,
    shiryaev_roberts,
    wealth,
)


def followed(rule, steps, start):
    states = [start]
    for step in steps:
        states.append(rule(states[-1], step))
    return np.array(states[1:])


def test_the_recursions_are_sums_and_maxima_over_the_start():
    x = np.random.default_rng(0).standard_normal(25)
    e = e_values(x, [0.5])[:, 0]
    products = [[np.prod(e[s : t + 1]) for s in range(t + 1)] for t in range(len(e))]
    sums = [sum(row) for row in products]
    np.testing.assert_allclose(followed(shiryaev_roberts, e, 0.0), sums, rtol=1e-12)
    best = [max(row) for row in products]
    np.testing.assert_allclose(followed(cusum_detector, e, 0.0), best, rtol=1e-12)
    first = [row[0] for row in products]
    np.testing.assert_allclose(followed(wealth, e, 1.0), first, rtol=1e-12)
    runs = [max(0, *(sum(x[s : t + 1] - 0.5) for s in range(t + 1))) for t in range(len(x))]
    np.testing.assert_allclose(followed(cusum, x, 0.0), runs, atol=1e-12)


def test_an_e_value_is_the_likelihood_ratio_of_a_shift():
    x = np.linspace(-4, 4, 9)
    ratios = scipy.stats.norm.pdf(x[:, None], RATES) / scipy.stats.norm.pdf(x[:, None])
    np.testing.assert_allclose(e_values(x), ratios, rtol=1e-12)


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("clip", [0.5, 2.0, 4.0])
def test_cutting_a_gaussian_keeps_its_e_values_fair(rate, clip):
    normal = scipy.stats.norm()
    inside = normal.expect(lambda x: float(e_values(x, [rate])[0]), lb=-clip, ub=clip)
    ends = normal.sf(clip) * e_values([-clip, clip], [rate]).sum()
    assert inside + ends <= 1


def test_evidence_stops_before_it_overflows():
    state = followed(shiryaev_roberts, [1e80] * 5, 0.0)
    assert np.isfinite(state).all()
