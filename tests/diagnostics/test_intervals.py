"""Intervals cover the population's value, which no resampling of few items does."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.stats import t as student

from ssl_theory.diagnostics.fourth_moments import FourthMoments
from ssl_theory.diagnostics.intervals import change, exchangeable_blocks, jackknife
from ssl_theory.diagnostics.participation import participation_ratio
from ssl_theory.diagnostics.rank_me import rank_me
from ssl_theory.moments import Moments


def exact_rank_me(moments):
    return rank_me(moments, "exact")


def spread(n, law, seed, variances):
    """Items of covariance ``diag(variances)``, Gaussian or with the tails of Student's t5."""
    generator = np.random.default_rng(seed)
    z = generator.standard_normal((n, len(variances))) * np.sqrt(variances)
    return z if law == "gauss" else z / np.sqrt(generator.chisquare(5, (n, 1)) / 3)


def test_the_interval_of_a_mean_is_the_textbooks():
    x = np.random.default_rng(0).standard_normal((60, 1)) + 1
    blocks = np.split(x, 12)
    means = np.array([block.mean() for block in blocks])
    found = jackknife(np.mean, blocks, level=0.9, logarithmic=False)
    reach = student.ppf(0.95, 11) * means.std(ddof=1) / 12**0.5
    assert_allclose(
        [found.low, found.estimate, found.high, found.plug_in],
        [x.mean() - reach, x.mean(), x.mean() + reach, x.mean()],
    )
    assert x.mean() in found
    assert x.mean() + 1.01 * reach not in found


@given(st.integers(3, 30), st.integers(0, 99))
def test_leaving_single_items_out_makes_the_variance_unbiased_exactly(n, seed):
    x = np.random.default_rng(seed).standard_normal((n, 1))
    found = jackknife(np.var, list(x[:, None]), logarithmic=False)
    assert found.plug_in == pytest.approx(x.var())
    assert found.estimate == pytest.approx(x.var(ddof=1))


def test_blocks_of_any_lengths_leave_a_mean_where_it_is():
    x = np.random.default_rng(0).standard_normal((50, 1))
    found = jackknife(np.mean, np.split(x, [3, 10, 11, 30]), logarithmic=False)
    assert found.estimate == pytest.approx(x.mean())


def test_a_block_counts_for_as_many_items_as_it_has():
    # Of means of m items the variance is s^2 / m, whatever m is: the scaled spread is steady.
    generator = np.random.default_rng(1)
    cuts = np.cumsum([10, 40, 5, 25, 20, 60, 15, 25])
    ratios = []
    for _ in range(400):
        x = generator.standard_normal((cuts[-1], 1))
        found = jackknife(np.mean, np.split(x, cuts[:-1]), logarithmic=False)
        ratios.append(((found.high - found.low) / 2 / student.ppf(0.975, 7)) ** 2 * cuts[-1])
    error = np.std(ratios, ddof=1) / 20
    assert error < 0.04
    assert abs(np.mean(ratios) - 1) < 5 * error


@pytest.mark.parametrize("blocks", [2, 3, 7])
def test_moments_give_what_items_give(blocks):
    z = np.random.default_rng(0).standard_normal((90, 5)) + 2
    parts = [z[rows] for rows in exchangeable_blocks(90, blocks=blocks)]
    for kind, statistic in ((Moments, exact_rank_me), (FourthMoments, participation_ratio)):
        one, other = jackknife(statistic, parts), jackknife(statistic, list(map(kind.of, parts)))
        assert_allclose((one.low, one.high), (other.low, other.high), rtol=1e-9)


def test_logarithms_make_the_interval_free_of_units():
    parts = np.split(np.random.default_rng(0).standard_normal((40, 3)), 8)
    one, other = (jackknife(np.var, [unit * part for part in parts]) for unit in (1, 1000))
    assert_allclose((other.low, other.high), (1e6 * one.low, 1e6 * one.high))


def test_a_change_on_the_same_items_is_known_better_than_either_value():
    z = spread(400, "gauss", 0, np.arange(1, 9.0))
    moved = z + 0.1 * spread(400, "gauss", 1, np.ones(8))
    blocks = exchangeable_blocks(400)
    before, after = (jackknife(np.var, [one[rows] for rows in blocks]) for one in (z, moved))
    found = change(before, after)
    assert found.plug_in == pytest.approx(moved.var() / z.var())
    assert np.log(found.high / found.low) < 0.3 * np.log(before.high / before.low)
    same = change(before, before)
    assert (same.low, same.estimate, same.high) == (1, 1, 1)


def test_a_change_of_means_has_the_interval_of_paired_differences():
    x, y = np.random.default_rng(0).standard_normal((2, 60, 1))
    kept = {"logarithmic": False, "level": 0.9}
    before, after, apart = (jackknife(np.mean, np.split(v, 12), **kept) for v in (x, y, y - x))
    found = change(before, after)
    assert_allclose((found.low, found.high), (apart.low, apart.high))


def test_a_change_needs_the_same_blocks():
    x = np.random.default_rng(0).standard_normal((60, 1))
    before, after = jackknife(np.var, np.split(x, 12)), jackknife(np.var, np.split(x, 10))
    with pytest.raises(ValueError, match="same blocks and scale, got 12 of 60 items and 10 of 60"):
        change(before, after)


def test_views_of_one_image_in_one_block_widen_the_interval_by_their_root():
    items = spread(400, "gauss", 0, np.arange(1, 17) ** -0.5)
    z, images = np.repeat(items, 4, axis=0), np.repeat(np.arange(400), 4)
    together, apart = (
        jackknife(np.var, [z[rows] for rows in exchangeable_blocks(1600, groups=g, blocks=100)])
        for g in (images, None)
    )
    widths = [np.log(found.high / found.low) for found in (together, apart)]
    assert widths[0] / widths[1] == pytest.approx(2, rel=0.25)


@given(st.integers(2, 60), st.integers(2, 30), st.integers(0, 99))
def test_every_item_is_in_one_block_and_its_group_with_it(items, blocks, seed):
    groups = np.random.default_rng(seed).integers(0, 12, items)
    groups[:2] = 0, 1  # two at least
    dealt = exchangeable_blocks(items, groups=groups, blocks=blocks, seed=seed)
    assert sorted(np.concatenate(dealt)) == list(range(items))
    assert all(len(rows) for rows in dealt)
    held = [set(groups[rows]) for rows in dealt]
    assert sum(map(len, held)) == len(set(groups))
    assert max(map(len, held)) - min(map(len, held)) <= 1


def test_what_groups_are_called_changes_nothing():
    groups = np.random.default_rng(0).integers(0, 40, 200)
    names = np.array([f"{hash((7, g)):x}" for g in range(40)])
    one, other = (
        exchangeable_blocks(200, groups=groups),
        exchangeable_blocks(200, groups=names[groups]),
    )
    for rows, same in zip(one, other, strict=True):
        assert_allclose(rows, same)


def test_sorted_files_are_dealt_out_evenly():
    dealt = exchangeable_blocks(1000, blocks=10)
    assert all(200 < rows.mean() < 800 for rows in dealt)


@pytest.mark.parametrize("alpha", [0.5, 1.0])
def test_the_bootstrap_does_not_cover_where_the_jackknife_does(alpha):
    variances = np.arange(1.0, 65) ** -alpha
    shares = np.sqrt(variances) / np.sqrt(variances).sum()
    truth = np.exp(-np.sum(shares * np.log(shares)))
    z = spread(1024, "gauss", 0, variances)
    generator = np.random.default_rng(0)
    resampled = [exact_rank_me(Moments.of(z[generator.integers(0, 1024, 1024)])) for _ in range(99)]
    assert max(resampled) < truth
    parts = [Moments.of(z[rows]) for rows in exchangeable_blocks(1024)]
    assert truth in jackknife(exact_rank_me, parts)


def coverage(statistic, kind, truth, law, n, variances, replications=200):
    covered = 0
    for seed in range(replications):
        z = spread(n, law, seed, variances)
        parts = [kind.of(z[rows]) for rows in exchangeable_blocks(n)]
        covered += truth in jackknife(statistic, parts)
    return covered / replications


@pytest.mark.slow
@pytest.mark.parametrize("law", ["gauss", "t5"])
@pytest.mark.parametrize("alpha", [0.5, 1.0])
@pytest.mark.parametrize("n", [256, 1024])
def test_intervals_cover_the_participation_ratio(n, alpha, law):
    variances = np.arange(1.0, 65) ** -alpha
    truth = variances.sum() ** 2 / np.square(variances).sum()
    assert coverage(participation_ratio, FourthMoments, truth, law, n, variances) >= 0.92


@pytest.mark.slow
@pytest.mark.parametrize("law", ["gauss", "t5"])
@pytest.mark.parametrize("alpha", [0.5, 1.0])
def test_intervals_cover_rank_me(alpha, law):
    variances = np.arange(1.0, 65) ** -alpha
    shares = np.sqrt(variances) / np.sqrt(variances).sum()
    truth = np.exp(-np.sum(shares * np.log(shares)))
    assert coverage(exact_rank_me, Moments, truth, law, 1024, variances) >= 0.92


@pytest.mark.slow
def test_at_four_items_for_each_dimension_rank_me_is_biased_beyond_the_first_order():
    variances = np.arange(1.0, 65) ** -0.5
    shares = np.sqrt(variances) / np.sqrt(variances).sum()
    truth = np.exp(-np.sum(shares * np.log(shares)))
    assert 0.5 < coverage(exact_rank_me, Moments, truth, "gauss", 256, variances) < 0.85


def test_the_bootstrap_is_refused():
    parts = list(np.eye(4)[:, None])
    with pytest.raises(ValueError, match=r'must be "jackknife", got .bootstrap.: resampling repe'):
        jackknife(np.var, parts, method="bootstrap")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ({"parts": [np.ones((3, 1))]}, "`parts` must be at least 2 blocks, got 1"),
        ({"level": 1.0}, r"`level` must lie between 0 and 1, got 1\.0"),
        ({}, r"`statistic` must be positive without any one block, got 0\.0"),
    ],
)
def test_says_what_it_cannot_do(arguments, complaint):
    with pytest.raises(ValueError, match=complaint):
        jackknife(**{"statistic": np.var, "parts": [np.ones((3, 1))] * 3} | arguments)


def test_infinite_statistics_are_refused():
    with pytest.raises(ValueError, match="must be finite without any one block, got inf"):
        jackknife(lambda x: np.inf, [np.ones((3, 1))] * 3, logarithmic=False)


def test_groups_label_every_item():
    with pytest.raises(ValueError, match=r"must hold one label for each of 3 items, got shape \("):
        exchangeable_blocks(3, groups=[1, 2])


def test_one_group_has_no_spread():
    with pytest.raises(ValueError, match="must be at least 2 of at least 2 groups, got 20 of 1"):
        exchangeable_blocks(3, groups=[1, 1, 1])
