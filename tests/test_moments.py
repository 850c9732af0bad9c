"""Moments are a sum: of any pieces, in any order, at any distance from the origin."""

from functools import reduce
from operator import add

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp
from numpy.testing import assert_allclose

from ssl_theory.accumulator import Accumulator
from ssl_theory.moments import Moments, PairMoments


def drawn(n, d, seed=0, mean=0.0, dtype=np.float64):
    generator = np.random.default_rng(seed)
    mixing = generator.standard_normal((d, d))
    return (generator.standard_normal((n, d)) @ mixing + mean).astype(dtype)


def exact_covariance(z):
    """By two passes in fifty digits."""
    with mp.workdps(50):
        rows = mp.matrix(z.tolist())
        n, d = rows.rows, rows.cols
        means = [mp.fsum(rows[:, c]) / n for c in range(d)]
        centred = mp.matrix(n, d)
        for r in range(n):
            for c in range(d):
                centred[r, c] = rows[r, c] - means[c]
        return np.array((centred.T * centred / (n - 1)).tolist(), float)


@st.composite
def streams(draw):
    """An array, and the same rows shuffled and cut anywhere."""
    d = draw(st.integers(1, 6))
    n = draw(st.integers(2, 40))
    z = drawn(n, d, draw(st.integers(0, 999)), mean=draw(st.sampled_from([0.0, 1e3, -1e6])))
    cuts = sorted(draw(st.lists(st.integers(1, n - 1), max_size=6, unique=True)))
    order = np.random.default_rng(draw(st.integers(0, 999))).permutation(n)
    return z, [piece for piece in np.split(z[order], cuts) if len(piece)]


@given(streams(), st.integers(0, 999))
def test_any_chunks_in_any_order_in_any_tree_are_one_pass(stream, seed):
    z, pieces = stream
    forest = [Moments.of(piece) for piece in pieces]
    generator = np.random.default_rng(seed)
    while len(forest) > 1:
        a, b = (forest.pop(generator.integers(len(forest))) for _ in "ab")
        forest.append(a + b)
    total = Moments.of(z)
    for other in (forest[0], Moments.over(pieces), reduce(add, map(Moments.of, pieces))):
        scale = np.trace(total.covariance())
        assert other.count == total.count
        assert_allclose(other.mean, total.mean, rtol=1e-10)
        assert_allclose(other.covariance(), total.covariance(), rtol=1e-10, atol=1e-10 * scale)


@given(st.integers(1, 30), st.integers(2, 60), st.integers(1, 5))
def test_the_size_of_a_block_does_not_matter(block, n, d):
    z = drawn(n, d, mean=100.0)
    a, b = Moments.of(z, block=block), Moments.of(z)
    assert_allclose(a.covariance(), b.covariance(), rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("block", [7, 64, 4096])
def test_a_mean_of_ten_million_costs_nothing(block):
    z = drawn(200, 3, mean=1e7)
    truth = np.linalg.eigvalsh(exact_covariance(z))[::-1]
    eigenvalues = Moments.of(z, block=block).eigenvalues()
    assert (eigenvalues > 0).all()
    assert_allclose(eigenvalues, truth, rtol=1e-9)


def test_single_precision_far_from_the_origin_is_read_for_what_it_holds():
    z = drawn(400, 3, mean=1e4, dtype=np.float32)
    truth = np.linalg.eigvalsh(exact_covariance(z.astype(np.float64)))[::-1]
    assert_allclose(Moments.of(z, block=50).eigenvalues(), truth, rtol=1e-9)


def test_integers_add_exactly():
    # Every intermediate is an integer over a power of two: no rounding may show at all.
    z = np.random.default_rng(0).integers(-8, 9, (64, 4)).astype(float)
    z[32:] = -z[:32]  # mean exactly zero, in each half of which the means cancel
    pieces = [np.concatenate([z[i : i + 16], z[32 + i : 48 + i]]) for i in (0, 16)]
    total = Moments.over(pieces)
    assert np.array_equal(total.scatter, z.T @ z)
    assert np.array_equal(total.scatter, Moments.of(z).scatter)


@given(st.integers(2, 8), st.integers(0, 99), st.booleans())
def test_few_items_have_the_spectrum_of_their_covariance(n, seed, centred):
    z = drawn(n, 8, seed, mean=3.0)
    moments = Moments.of(z)
    assert moments.items is not None
    matrix = moments.covariance() if centred else moments.second_moment()
    shown = n - 1 if centred else n
    expected = np.linalg.eigvalsh(matrix)[::-1]
    assert_allclose(moments.eigenvalues(centred=centred), expected[:shown], rtol=1e-8)
    assert_allclose(expected[shown:], 0, atol=1e-12 * expected[0])


def test_covariances_are_those_of_numpy():
    z = drawn(50, 4, mean=2.0)
    moments = Moments.of(z)
    assert_allclose(moments.covariance(), np.cov(z, rowvar=False))
    assert_allclose(moments.covariance(ddof=0), np.cov(z, rowvar=False, ddof=0))
    assert_allclose(moments.second_moment(), z.T @ z / 50)
    assert_allclose(moments.mean_squares, np.square(z).mean(0))
    assert moments.mean_square == pytest.approx(np.square(np.linalg.norm(z, axis=1)).mean())
    assert moments.total_variance == pytest.approx(z.var(0, ddof=1).sum())


def test_small_and_large_batches_agree_on_every_property():
    z = drawn(5, 5, mean=1.0)
    few = Moments.of(z)
    many = Moments(5, few.mean, None, few.covariance() * 4)
    assert few.total_variance == pytest.approx(many.total_variance)
    assert_allclose(few.mean_squares, many.mean_squares)
    assert_allclose(few.eigenvalues(), many.eigenvalues(), atol=1e-12)


def test_no_items_change_nothing():
    z = drawn(9, 4)
    none = Moments.empty(4)
    for total in (none + Moments.of(z), Moments.of(z) + none, none + none + Moments.of(z)):
        assert_allclose(total.covariance(), np.cov(z, rowvar=False))
    few = none + Moments.of(z[:2])
    assert_allclose(few.covariance(), np.cov(z[:2], rowvar=False))


@pytest.mark.parametrize("n", [3, 30])
def test_saved_moments_are_the_same_moments(n, tmp_path):
    moments = Moments.of(drawn(n, 5, dtype=np.float32))
    np.savez(tmp_path / "m.npz", **moments.to_arrays())
    with np.load(tmp_path / "m.npz") as arrays:
        loaded = Moments.from_arrays(arrays)
    assert (loaded.count, loaded.roundoff) == (n, 2.0**-24)
    assert np.array_equal(loaded.covariance(), moments.covariance())


@pytest.mark.parametrize(
    ("dtype", "roundoff"),
    [("bfloat16", 2**-8), ("float16", 2**-11), ("float32", 2**-24), ("float64", 2**-53)],
)
def test_the_roundoff_is_that_of_the_dtype_it_came_in(dtype, roundoff):
    z = torch.randn(9, 2, generator=torch.Generator().manual_seed(0)).to(getattr(torch, dtype))
    assert Moments.of(z).roundoff == roundoff == torch.finfo(z.dtype).eps / 2
    fine = Moments.of(drawn(5, 2))
    assert (Moments.of(z) + fine).roundoff == (fine + Moments.of(z)).roundoff == roundoff


def test_input_is_not_written_to():
    z = drawn(30, 3)
    before = z.copy()
    Moments.of(z, block=7)
    PairMoments.of(z, z, block=7)
    assert np.array_equal(z, before)


def test_one_item_has_a_mean_and_no_covariance():
    one = Moments.of(np.ones((1, 3)))
    assert one.mean.tolist() == [1, 1, 1]
    with pytest.raises(ValueError, match=r"must be of at least 2 items, got 1\. Add more items"):
        one.covariance()


def test_different_dimensions_do_not_add():
    with pytest.raises(ValueError, match="must have 3 dimensions, got 2: moments of different"):
        Moments.of(drawn(9, 3)) + Moments.of(drawn(9, 2))


def test_an_empty_stream_is_refused():
    with pytest.raises(ValueError, match="at least 1 array, got an empty stream"):
        Moments.over([])


@pytest.mark.parametrize("single", [True, False])
def test_any_number_of_blocks_add_up_in_either_precision(single):
    total, z = Accumulator(3, single=single), drawn(20_000, 3, mean=7.0)
    for block in np.split(z, [100, 5000, 9999, 10_000]):
        total.add(block)
    found, tolerance = Moments.summed(total), 1e-6 if single else 1e-12
    assert found.single == single
    assert_allclose(found.covariance(), np.cov(z.T), rtol=tolerance, atol=tolerance)
    assert_allclose(found.mean, z.mean(0), rtol=1e-12)


@pytest.mark.parametrize("single", [True, False])
def test_accumulators_of_one_shift_merge(single):
    z, shift = drawn(9000, 3, mean=7.0), np.full(3, 6.5)
    parts = [Accumulator(3, shift, single=single) for _ in range(3)]
    for part, rows in zip(parts, np.split(z, [500, 7000]), strict=True):
        part.add(rows)
    found = Moments.summed(parts[0].merged(parts[1:]))
    assert found.count == 9000 and found.single == single
    assert_allclose(found.covariance(), np.cov(z.T), rtol=1e-6 if single else 1e-12, atol=1e-6)
    assert_allclose(found.mean, z.mean(0), rtol=1e-12)


def test_what_is_taken_off_is_as_if_never_seen():
    z = drawn(300, 4, mean=1e3)
    rest, expected = Moments.of(z) - Moments.of(z[40:170]), np.delete(z, np.s_[40:170], 0)
    assert rest.count == 170
    assert_allclose(rest.covariance(), np.cov(expected.T), rtol=1e-9, atol=1e-9)
    assert_allclose(rest.mean, expected.mean(0))
    for part in (z, z[:3]):
        with pytest.raises(ValueError, match="`part` must be less than these"):
            Moments.of(part) - Moments.of(part)


def test_pairs_have_the_blocks_of_the_joint_covariance():
    z, w = drawn(60, 3, 0, mean=1e3), drawn(60, 3, 1)
    pair = PairMoments.of(z, w, block=11)
    joint = np.cov(np.hstack([z, w]), rowvar=False)
    expected = (joint[:3, :3], joint[3:, 3:], joint[:3, 3:])
    for ours, theirs in zip(pair.covariances, expected, strict=True):
        assert_allclose(ours, theirs, rtol=1e-9, atol=1e-9)
    halves = PairMoments.of(z[:25], w[:25]) + PairMoments.of(z[25:], w[25:])
    assert halves.count == pair.count == 60
    assert halves.dimension == 3
    assert_allclose(halves.covariances[2], pair.covariances[2], rtol=1e-9, atol=1e-9)


def test_an_exchangeable_pair_is_the_pair_in_both_orders():
    z, w = drawn(40, 3, 0, mean=5.0), drawn(40, 3, 1)
    both = np.cov(np.hstack([np.vstack([z, w]), np.vstack([w, z])]), rowvar=False, ddof=0)
    sigma, gamma = PairMoments.of(z, w).exchangeable()
    assert_allclose(sigma * 39 / 40, both[:3, :3], rtol=1e-10, atol=1e-10)
    assert_allclose(gamma * 39 / 40, both[:3, 3:], rtol=1e-10, atol=1e-10)
