"""One pass leaves what many would have found, whatever the pieces the rows come in."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from ssl_theory.diagnostics.closeness import alignment
from ssl_theory.diagnostics.fourth_moments import FourthMoments
from ssl_theory.report import diagnose
from ssl_theory.report.dealing import WINDOW, Dealing
from ssl_theory.report.drawn import SAMPLE
from ssl_theory.report.gathering import gather


def drawn(n, d, seed=0):
    return np.random.default_rng(seed).standard_normal((n, d)) + 3


def pieces(z, cuts):
    return iter(np.split(z, sorted(cuts)))


def left(found):
    """All that one pass leaves, to compare."""
    sums = [part for tally in found.tallies for part in tally.parts()]
    numbers = [(p.count, p.moments.mean, p.moments.scatter, p.third, p.fourth) for p in sums]
    counts = [(t.items, t.directionless, t.largest, t.distinct.count) for t in found.tallies]
    pairs = found.pairs.alignment, found.pairs.squares_about_the_means
    return [
        *numbers,
        counts,
        pairs,
        found.places,
        *found.blocks,
        *(f() for f in found.samples),
        found.digest,
    ]


@given(st.lists(st.integers(0, 9000), max_size=5), st.integers(0, 99))
def test_a_stream_leaves_what_the_array_does_however_it_is_cut(cuts, seed):
    z = drawn(9000, 3, seed)
    w = z + drawn(9000, 3, seed + 1)
    streams = [(z, w), (pieces(z, cuts), pieces(w, [4321])), (z, pieces(w, cuts))]
    whole, *others = (left(gather(views, ["z", "w"], None)) for views in streams)
    for other in others:
        np.testing.assert_equal(other, whole)


def test_a_stream_is_diagnosed_like_the_array():
    z = drawn(300, 3)
    assert diagnose(pieces(z, [7, 100])) == diagnose(z)


@pytest.mark.parametrize(("n", "d"), [(40, 64), (200, 8), (9000, 5)])
def test_the_moments_of_all_blocks_together_are_those_of_the_items(n, d):
    z = drawn(n, d)
    (tally,) = gather([z], ["z"], None).tallies
    total, expected = sum(tally.parts()[1:], tally.parts()[0]), FourthMoments.of(z)
    assert total.count == n
    assert_allclose(total.moments.covariance(), np.cov(z.T), rtol=1e-11, atol=1e-13)
    assert_allclose(total.third, expected.third, rtol=1e-9, atol=1e-8 * expected.fourth)
    assert_allclose(total.fourth, expected.fourth, rtol=1e-11)


def test_every_block_is_a_sample_of_a_sorted_file():
    dealing, n = Dealing(4), 50 * WINDOW
    dealt = np.concatenate([dealing(start, WINDOW) for start in range(0, n, WINDOW)])
    counts = np.bincount(dealt, minlength=20)
    # Each is binomial; their squared errors in units of their mean are chi-squared of 19.
    assert 5 < np.sum((counts - n / 20) ** 2) / (n / 20) < 45
    places = [np.flatnonzero(dealt == block).mean() / n for block in range(20)]
    assert_allclose(places, 0.5, atol=5 / np.sqrt(12 * n / 20))


def test_few_items_are_dealt_evenly_and_groups_whole():
    assert set(np.bincount(Dealing(4)(0, 45), minlength=20)) == {2, 3}
    groups = np.repeat(np.arange(30), 3)
    dealt = Dealing(4, groups)(0, 90)
    assert all(len(set(dealt[groups == g])) == 1 for g in range(30))
    assert len(set(dealt)) == 20


def test_drawn_items_are_those_of_both_views_and_a_fair_sample():
    z = np.arange(30_000.0)[:, None] * [1, -1]
    found = gather([z, -z], ["z", "w"], None)
    places = found.places
    assert len(np.unique(places)) == SAMPLE and (np.diff(places) > 0).all()
    one, other = (fetch() for fetch in found.samples)
    assert_allclose(one, -other)
    assert_allclose(one, z[places])
    assert abs(places.mean() / 30_000 - 0.5) < 4 / np.sqrt(12 * SAMPLE)


def test_partners_are_compared_as_if_all_were_in_memory():
    z, w = drawn(5000, 7), drawn(5000, 7, 1) * 2 + 1e4
    pairs = gather([z, w], ["z", "w"], None).pairs
    assert_allclose(pairs.alignment, alignment(z, w))
    apart = z - z.mean(0) - w + w.mean(0)
    assert_allclose(pairs.squares_about_the_means, np.square(apart).sum())


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16, torch.float32])
def test_batches_of_tensors_are_rounded_as_the_tensor_is(dtype):
    z = torch.from_numpy(drawn(300, 4)).to(dtype)
    assert diagnose(iter(z.split(70))) == diagnose(z)


@pytest.mark.parametrize(
    ("z", "w", "message"),
    [
        (iter([]), None, "`z` must hold at least 2 items, got an empty stream"),
        (iter([np.ones((1, 3))]), None, "`z` must hold at least 2 items, got a stream of 1"),
        (
            iter([np.ones((5, 3)), np.ones((5, 4))]),
            None,
            "stream of batches alike, got 4 dimensions of float64 after 3",
        ),
        (
            iter([np.ones((5, 3)), np.ones((5, 3), np.float32)]),
            None,
            "got 3 dimensions of float32 after 3 of float64",
        ),
        (
            iter([np.ones((WINDOW + 5, 3))]),
            iter([np.ones((WINDOW, 3))]),
            "two views of the same items, got streams of which one ended",
        ),
        (iter([np.ones((5, 3))]), np.ones((5, 4)), "`w` must have the 3 dimensions of `z`, got 4"),
        (
            iter([np.ones((9, 3)), np.full((2, 3), np.nan)]),
            None,
            r"NaN or inf in 2 of 11 items \(rows 9, 10\)",
        ),
    ],
)
def test_a_stream_that_is_no_view_is_refused(z, w, message):
    with pytest.raises(ValueError, match=message):
        diagnose(z, w)


@pytest.mark.parametrize(("labels", "got"), [(8, "got 8"), (12, "10 items, got 12")])
def test_groups_must_be_as_many_as_items(labels, got):
    with pytest.raises(ValueError, match=f"`groups` must hold one label for each of .*{got}"):
        diagnose(drawn(10, 2), groups=np.arange(labels))


def test_float32_is_right_to_its_digits_and_knows_them():
    variances = np.r_[np.arange(1.0, 31) ** -1, 1e-4]
    z = (drawn(20_000, 31) * np.sqrt(variances) + 100).astype(np.float32)
    (short,), (long,) = (gather([z], ["z"], single=single).views() for single in (True, False))
    strongest = long.spectrum.eigenvalues[0]
    assert_allclose(short.spectrum.eigenvalues, long.spectrum.eigenvalues, atol=1e-7 * strongest)
    assert not np.array_equal(short.spectrum.eigenvalues, long.spectrum.eigenvalues)
    assert short.spectrum.floor > 2e-7 * strongest > long.spectrum.floor
    assert short.rank == long.rank == 31


@pytest.mark.parametrize("weak", [0.0, 1e-10])
def test_where_float32_may_lose_a_direction_float64_decides(weak):
    z = drawn(3000, 6) * np.sqrt([1, 1, 1, 1, 1, weak])
    assert diagnose(z, arithmetic="float32") == diagnose(z)
    (verdict,) = diagnose(iter([z]), arithmetic="float32").verdicts
    assert "5 of 6 dimensions are left" in verdict.sentence and "in float32" in verdict.sentence


def test_where_float32_loses_nothing_it_is_kept():
    z = drawn(3000, 6)
    found, exact = diagnose(z, arithmetic="float32"), diagnose(z)
    assert found["effective rank"].value == pytest.approx(exact["effective rank"].value, rel=1e-6)
    assert found["effective rank"].value != exact["effective rank"].value
    with pytest.raises(ValueError, match="`arithmetic` must be"):
        diagnose(z, arithmetic="float16")
