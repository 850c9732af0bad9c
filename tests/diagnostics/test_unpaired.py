"""Two separate samples: the bounds are Welch's, and cover."""

import numpy as np
import pytest
from scipy import stats

from ssl_theory.diagnostics.intervals import change, jackknife
from ssl_theory.diagnostics.unpaired import unpaired_change


def mean_of(x, blocks, *, logarithmic=False, level=0.95):
    parts = np.array_split(x, blocks)
    return jackknife(np.mean, parts, logarithmic=logarithmic, level=level)


@pytest.mark.parametrize("sizes", [(8, 8), (5, 23)])
def test_for_means_of_single_items_it_is_welch_s_interval_of_scipy(sizes):
    rng = np.random.default_rng(3)
    one, other = rng.normal(1, 1, sizes[0]), rng.normal(3, 4, sizes[1])
    found = unpaired_change(mean_of(one, sizes[0]), mean_of(other, sizes[1]))
    wanted = stats.ttest_ind(other, one, equal_var=False).confidence_interval(0.95)
    assert (found.low, found.high) == pytest.approx(tuple(wanted))
    assert found.estimate == pytest.approx(other.mean() - one.mean())
    assert found.plug_in == pytest.approx(other.mean() - one.mean())


def test_sizes_and_counts_change_by_a_quotient():
    rng = np.random.default_rng(4)
    one, other = rng.uniform(1, 2, 60), rng.uniform(4, 5, 40)
    found = unpaired_change(
        mean_of(one, 10, logarithmic=True), mean_of(other, 10, logarithmic=True)
    )
    assert found.plug_in == pytest.approx(other.mean() / one.mean())
    swapped = unpaired_change(
        mean_of(other, 10, logarithmic=True), mean_of(one, 10, logarithmic=True)
    )
    assert (1 / swapped.high, 1 / swapped.low) == pytest.approx((found.low, found.high))


def test_what_does_not_vary_changes_for_sure():
    found = unpaired_change(mean_of(np.ones(4), 2), mean_of(np.full(4, 3.0), 2))
    assert (found.low, found.estimate, found.high) == (2.0, 2.0, 2.0)


def test_blocks_of_unrelated_items_may_be_paired_without_harm():
    # Both kinds of bounds are of the level: of 400 pairs each, 0.95 within 4 standard errors.
    rng = np.random.default_rng(5)
    within = np.zeros(2)
    for _ in range(400):
        one, other = (mean_of(rng.exponential(1, 200), 20, logarithmic=True) for _ in range(2))
        within += [1 in change(one, other), 1 in unpaired_change(one, other)]
    assert np.abs(within / 400 - 0.95).max() < 4 * np.sqrt(0.95 * 0.05 / 400)


def test_bounds_of_unlike_kinds_are_not_compared():
    one = mean_of(np.arange(1.0, 9), 4)
    with pytest.raises(
        ValueError, match=r"one scale and level, got a linear one of level 0.95 and"
    ):
        unpaired_change(one, mean_of(np.arange(1.0, 9), 4, logarithmic=True))
    with pytest.raises(ValueError, match=r"linear one of level 0.9\. Find both"):
        unpaired_change(one, mean_of(np.arange(1.0, 9), 4, level=0.9))
