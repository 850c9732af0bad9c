"""Curvature is a mean angle: known for lines, polygons, random walks and shuffled items."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssl_theory.checks.strategies import embeddings
from ssl_theory.diagnostics.curvature import curvature


@pytest.mark.parametrize("direction", [[1.0, 0, 0], [1e-3, 7, -2]])
def test_a_straight_line_does_not_turn_at_any_speed(direction):
    z = np.outer(np.array([0.0, 1, 3, 100]), direction)
    assert curvature(z) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("m", [3, 5, 10_000])
def test_a_polygon_turns_by_a_share_of_a_turn_at_every_corner(m):
    angles = 2 * np.pi * np.arange(m) / m
    z = np.stack([np.cos(angles), np.sin(angles)], 1)
    assert curvature(z) == pytest.approx(2 * np.pi / m, rel=1e-6)


def test_back_and_forth_is_half_a_turn():
    assert curvature([[0.0], [1], [0], [5]]) == pytest.approx(np.pi)


@pytest.mark.parametrize("d", [2, 50])
def test_a_random_walk_turns_by_a_right_angle(d):
    walk = np.random.default_rng(0).standard_normal((4000, d)).cumsum(0)
    # Angles of independent directions have variance pi^2 / 12 in the plane and less beyond.
    error = np.pi / 12**0.5 / 4000**0.5 * (2 if d == 2 else 1)
    assert 5 * error < 0.15
    assert curvature(walk) == pytest.approx(np.pi / 2, abs=5 * error)


def test_independent_items_turn_by_a_third_of_a_turn_in_high_dimension():
    z = np.random.default_rng(0).standard_normal((300, 4000))
    # Steps correlate by -1/2, with fluctuations of order 1 / sqrt(d) that average out.
    assert curvature(z) == pytest.approx(2 * np.pi / 3, abs=5 / (300 * 4000) ** 0.5 + 1 / 4000)


@given(embeddings(min_dimension=2), st.integers(0, 99), st.floats(0.1, 10))
def test_isometries_units_and_the_arrow_of_time_change_nothing(z, seed, scale):
    z = z.numpy()
    d = z.shape[1]
    rotation = np.linalg.qr(np.random.default_rng(seed).standard_normal((d, d)))[0]
    assert curvature(scale * z @ rotation + 1) == pytest.approx(curvature(z))
    assert curvature(z[::-1]) == pytest.approx(curvature(z))


def test_the_order_and_the_units_of_an_axis_do():
    walk = np.random.default_rng(0).standard_normal((200, 3)).cumsum(0)
    assert curvature(np.random.default_rng(1).permutation(walk)) > curvature(walk) + 0.2
    assert abs(curvature(walk * [1, 1, 9]) - curvature(walk)) > 0.01


def test_two_items_are_no_turn_and_a_rest_has_no_direction():
    with pytest.raises(ValueError, match="`trajectory` must hold at least 3 items"):
        curvature([[0.0], [1.0]])
    with pytest.raises(ValueError, match="got equal items 1 and 2: no step has no direction"):
        curvature([[0.0], [1.0], [1.0]])
