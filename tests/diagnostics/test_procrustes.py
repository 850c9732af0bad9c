"""Procrustes' distance is what the best rotation leaves."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.linalg import orthogonal_procrustes
from scipy.spatial import procrustes

from ssl_theory.checks.strategies import pairs
from ssl_theory.diagnostics.procrustes import procrustes_distance


@given(pairs())
def test_it_is_half_the_squared_distance_after_the_best_rotation(pair):
    z, w = (x.numpy() - x.numpy().mean(0) for x in pair)
    z, w = z / np.linalg.norm(z), w / np.linalg.norm(w)
    rotation, _ = orthogonal_procrustes(z, w)
    expected = np.linalg.norm(z @ rotation - w) ** 2 / 2
    assert procrustes_distance(z, w) == pytest.approx(expected, abs=1e-10)


@given(pairs())
def test_a_free_scale_leaves_one_less_the_square_of_the_overlap(pair):
    z, w = (x.numpy() for x in pair)
    _, _, residual = procrustes(z, w)
    assert 1 - (1 - procrustes_distance(z, w)) ** 2 == pytest.approx(residual, abs=1e-9)


@given(pairs(), st.integers(0, 99), st.floats(0.1, 10), st.floats(-10, 10))
def test_rotations_scales_and_constants_change_nothing(pair, seed, scale, constant):
    z, w = (x.numpy() for x in pair)
    d = z.shape[1]
    rotation = np.linalg.qr(np.random.default_rng(seed).standard_normal((d, d)))[0]
    moved = scale * z @ rotation + constant
    assert procrustes_distance(moved, w) == pytest.approx(procrustes_distance(z, w), abs=1e-9)
    assert procrustes_distance(moved, z) == pytest.approx(0, abs=1e-9)
    assert procrustes_distance(w, z) == pytest.approx(procrustes_distance(z, w), abs=1e-12)


def test_an_unequal_stretch_does():
    z = np.vstack([np.eye(2), -np.eye(2)])
    # Singular values 1 and 3 against 1 and 1: 4 / sqrt(2 * 10).
    assert procrustes_distance(z, z * [1, 3]) == pytest.approx(1 - 4 / 20**0.5)


def test_spaces_without_a_common_direction_are_at_distance_one():
    z = np.array([[1.0], [1], [-1], [-1]])
    w = np.array([[1.0], [-1], [1], [-1]])
    assert procrustes_distance(z, w) == 1.0
