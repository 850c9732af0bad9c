"""LiDAR is the rank of what items differ by; corrected, noise has none of it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.linalg import inv, sqrtm
from scipy.stats import f_oneway

from ssl_theory.diagnostics.lidar import corrected_lidar, discriminant_ratios, lidar


def signal(rank, v, n, d, strength, seed=0):
    """Views of items that differ along ``rank`` axes, in noise of variance 1."""
    generator = np.random.default_rng(seed)
    items = np.zeros((n, d))
    items[:, :rank] = strength * generator.standard_normal((n, rank))
    return items + generator.standard_normal((v, n, d))


@st.composite
def views(draw):
    v, d, seed = draw(st.integers(2, 4)), draw(st.integers(1, 4)), draw(st.integers(0, 99))
    return signal(d, v, draw(st.integers(2 * d + 2, 20)), d, draw(st.floats(0, 3)), seed)


def rotation(d, seed):
    return np.linalg.qr(np.random.default_rng(seed).standard_normal((d, d)))[0]


@pytest.mark.parametrize("delta", [1e-4, 1e-6])
def test_it_is_the_published_formula_with_its_constants(delta):
    z = signal(5, 4, 60, 12, 1.5)
    _, n, d = z.shape
    between = np.cov(z.mean(0), rowvar=False)
    within = sum(np.cov(z[:, i], rowvar=False) for i in range(n)) / n + delta * np.eye(d)
    root = inv(sqrtm(within))
    ratios = np.linalg.eigvalsh(root @ between @ root)
    p = ratios / ratios.sum() + 1e-8
    assert lidar(z, delta=delta) == pytest.approx(np.exp(-np.sum(p * np.log(p))), rel=1e-6)
    p = ratios / ratios.sum()
    assert lidar(z, delta=delta) == pytest.approx(np.exp(-np.sum(p * np.log(p))), rel=1e-10)


def test_items_that_differ_evenly_along_some_axes_count_them():
    # Means at the corners of a cross-polytope, views that differ by the same along each axis.
    apart = np.pad(np.vstack([np.eye(3), -np.eye(3)]), ((0, 0), (0, 2)))
    steps = np.vstack([np.eye(5), -np.eye(5)])
    z = apart + steps[:, None]
    assert lidar(z) == pytest.approx(3, rel=1e-12)
    # S_b = 2 / 5 of each of three axes, S_w = 2 / 9 of all.
    assert discriminant_ratios(z) == pytest.approx([9 / 5] * 3 + [0] * 2, abs=1e-12)


def test_the_trace_is_fishers_analysis_of_variance():
    z = signal(1, 5, 12, 1, 1.0)
    expected = f_oneway(*z[:, :, 0].T).statistic
    assert 5 * discriminant_ratios(z)[0] == pytest.approx(expected)


def test_uncorrected_noise_reads_as_excellent_and_corrected_as_nothing():
    noise = signal(0, 10, 1000, 128, 0.0)
    assert lidar(noise) > 0.9 * 128
    assert corrected_lidar(noise) == 0


def test_a_wrong_grouping_of_good_views_reads_as_better_unless_corrected():
    good = signal(4, 6, 200, 20, 5.0)
    wrong = np.random.default_rng(1).permutation(good.reshape(-1, 20)).reshape(good.shape)
    assert lidar(wrong) > 4 * lidar(good)
    assert corrected_lidar(good) == pytest.approx(4, abs=0.05)
    assert corrected_lidar(wrong) == 0


def test_noise_counts_as_something_as_often_as_the_level_says():
    runs, level = 400, 0.1
    found = np.mean(
        [corrected_lidar(signal(0, 3, 30, 6, 0.0, seed), level=level) > 0 for seed in range(runs)]
    )
    error = (level * (1 - level) / runs) ** 0.5
    assert 5 * error < level
    assert abs(found - level) < 5 * error


@pytest.mark.parametrize("strength", [1.0, 3.0])
def test_the_excess_is_the_variance_of_items_in_units_of_that_of_views(strength):
    runs, v, n = 300, 4, 50
    ratios = [discriminant_ratios(signal(1, v, n, 1, strength, seed))[0] for seed in range(runs)]
    # A ratio of independent chi-squares: its mean has a factor from the inverse of the lower.
    degrees = n * (v - 1)
    expected = (strength**2 + 1 / v) * degrees / (degrees - 2)
    error = np.std(ratios) / runs**0.5
    assert error < 0.05 * expected
    assert abs(np.mean(ratios) - expected) < 5 * error


def test_what_counts_is_the_excess_over_the_noise_of_the_means():
    # Variances 9 and 1 of items in views of variance 1: shares 0.9 and 0.1, not 9.5 and 1.5 of 11.
    generator = np.random.default_rng(0)
    items = generator.standard_normal((20_000, 2)) * [3, 1]
    z = items + generator.standard_normal((2, 20_000, 2))
    shares, biased = np.array([0.9, 0.1]), np.array([9.5, 1.5]) / 11
    expected, wrong = (np.exp(-np.sum(p * np.log(p))) for p in (shares, biased))
    assert corrected_lidar(z) == pytest.approx(expected, rel=0.01)
    assert abs(wrong / expected - 1) > 0.05


@given(views(), st.integers(0, 99), st.floats(0.1, 10), st.floats(-100, 100))
def test_no_affine_map_of_the_embeddings_changes_it(z, seed, scale, constant):
    change = rotation(z.shape[2], seed) * scale * np.arange(1, z.shape[2] + 1)
    moved = z @ change + constant
    assert discriminant_ratios(moved) == pytest.approx(discriminant_ratios(z), rel=1e-6, abs=1e-9)
    assert corrected_lidar(moved) == pytest.approx(corrected_lidar(z), rel=1e-6)


@given(views(), st.integers(0, 99))
def test_neither_the_order_of_items_nor_of_views_matters(z, seed):
    generator = np.random.default_rng(seed)
    shuffled = generator.permutation(generator.permutation(z, axis=1), axis=0)
    assert lidar(shuffled) == pytest.approx(lidar(z))


def test_the_published_delta_does_see_units_of_length():
    z = signal(3, 3, 30, 6, 3.0)
    assert lidar(1e-3 * z) != pytest.approx(lidar(z), rel=1e-3)
    assert lidar(1e-3 * z, delta=1e-10) == pytest.approx(lidar(z), rel=1e-9)


@given(views(), st.integers(1, 99))
def test_partners_matter(z, seed):
    z = z + 5 * np.random.default_rng(seed).standard_normal(z.shape[1:])
    apart = np.stack([np.roll(view, shift, axis=0) for shift, view in enumerate(z)])
    assert discriminant_ratios(apart).sum() < discriminant_ratios(z).sum()


def test_fewer_items_than_dimensions_span_as_many_directions_as_they_can():
    assert len(discriminant_ratios(signal(3, 9, 6, 12, 3.0))) == 5


def test_one_view_tells_nothing_of_views():
    with pytest.raises(ValueError, match=r"`views` must hold at least 2 views.*got 1"):
        lidar(np.ones((1, 5, 2)))


def test_views_that_agree_exactly_have_infinite_ratios():
    z = np.stack([np.random.default_rng(0).standard_normal((9, 2))] * 2)
    with pytest.raises(ValueError, match=r"got a singular covariance within items.*positive `delt"):
        discriminant_ratios(z)


def test_items_that_do_not_differ_have_no_rank():
    z = np.array([[[1.0], [1.0]], [[-1.0], [-1.0]]])
    with pytest.raises(ValueError, match=r"got equal means of all items.*Treat this as rank 0"):
        lidar(z)


def test_too_few_views_for_the_dimensions_are_refused():
    with pytest.raises(ValueError, match="`within` must be at least the 9 dimensions, got 8"):
        corrected_lidar(np.random.default_rng(0).standard_normal((3, 4, 9)))
