"""Magnitude counts points: exactly on lines and simplices, and as an inverse matrix says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssl_theory.checks.strategies import embeddings
from ssl_theory.diagnostics.magnitude import magnitude, magnitude_dimension

scales = st.floats(0.1, 20)


def on_a_line(x, scale):
    return 1 + np.tanh(scale * np.diff(np.sort(x)) / 2).sum()


@given(st.integers(2, 30), st.integers(0, 99), scales)
def test_on_a_line_only_gaps_count(n, seed, scale):
    x = np.random.default_rng(seed).uniform(size=n)
    assert magnitude(x[:, None], scale=scale) == pytest.approx(on_a_line(x, scale), rel=1e-6)


@given(st.integers(2, 12), scales)
def test_points_equally_far_share_what_they_have_in_common(n, scale):
    expected = n / (1 + (n - 1) * np.exp(-scale * 2**0.5))
    assert magnitude(np.eye(n), scale=scale) == pytest.approx(expected)


@given(embeddings(), scales)
def test_it_is_the_sum_of_an_inverse(z, scale):
    z = z.numpy()
    apart = np.linalg.norm(z[:, None] - z[None], axis=2)
    inverse = np.linalg.inv(np.exp(-scale * apart))
    assert magnitude(z, scale=scale) == pytest.approx(inverse.sum(), rel=1e-6)
    assert magnitude(np.vstack([z, z]), scale=scale) == pytest.approx(magnitude(z, scale=scale))


@given(embeddings(), scales)
def test_an_item_more_is_never_less(z, scale):
    assert magnitude(z[:-1], scale=scale) <= magnitude(z, scale=scale) + 1e-9


@given(embeddings())
def test_from_far_away_all_items_are_one_and_near_by_all_differ(z):
    assert magnitude(z, scale=1e-6) == pytest.approx(1, abs=1e-3)
    assert magnitude(z, scale=1e9) == pytest.approx(len(z))


def test_growth_is_that_of_the_closed_form():
    x = np.random.default_rng(0).uniform(size=50)
    h = 0.01
    ends = [np.log(on_a_line(x, 20 * np.exp(s * h / 2))) for s in (-1, 1)]
    found = magnitude_dimension(x[:, None], scale=20, step=h)
    assert found == pytest.approx((ends[1] - ends[0]) / h, rel=1e-6)


def test_a_square_grows_faster_than_a_line():
    square = np.random.default_rng(0).uniform(size=(600, 2))
    line = square * [1, 0]
    assert magnitude_dimension(square, scale=8) > 1.2 > 1 > magnitude_dimension(line, scale=8)


def test_it_says_what_it_wants():
    with pytest.raises(ValueError, match="`scale` must be positive, got 0"):
        magnitude(np.eye(3), scale=0)
    with pytest.raises(ValueError, match="`step` must be positive, got 0"):
        magnitude_dimension(np.eye(3), step=0)
    with pytest.raises(ValueError, match=r"`scale` must tell the items apart .* got 1e-18"):
        magnitude(np.eye(3), scale=1e-18)
    assert magnitude(np.ones((3, 2))) == 1
