"""Neighbours are exact, whatever the distance matrix has lost."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial import cKDTree

from ssl_theory.checks.strategies import embeddings
from ssl_theory.diagnostics import neighbours as module
from ssl_theory.diagnostics.neighbours import distinct_rows, nearest_neighbours


@given(embeddings(), st.integers(1, 3))
def test_a_tree_finds_the_same(z, k):
    k = min(k, len(z) - 1)
    distances, indices = nearest_neighbours(z, k)
    expected = cKDTree(z.numpy()).query(z.numpy(), k=list(range(2, k + 2)))
    np.testing.assert_allclose(distances, expected[0], rtol=1e-9)
    assert (indices == expected[1]).all()


@pytest.mark.parametrize("far", [1e6, 1e9])
def test_close_items_keep_their_digits_beside_one_far_away(far):
    z = 1e-3 * np.random.default_rng(0).standard_normal((200, 5))
    z[0] = far
    # |a|^2 + |b|^2 - 2 ab is off by more than all but one of these distances.
    distances, _ = nearest_neighbours(z, 4)
    expected = cKDTree(z).query(z, k=[2, 3, 4, 5])[0]
    # Taking the mean off rounds coordinates to the last digit of the far one.
    np.testing.assert_allclose(distances, expected, rtol=0, atol=5e-16 * far)


def test_equal_items_are_at_no_distance_and_others_are_not():
    z = np.repeat(np.random.default_rng(0).standard_normal((30, 4)), 2, axis=0)
    distances, indices = nearest_neighbours(z, 2)
    assert (distances[:, 0] == 0).all()
    assert (distances[:, 1] > 0).all()
    assert (indices[:, 0] == np.arange(60).reshape(30, 2)[:, ::-1].ravel()).all()


def test_blocks_do_not_matter(monkeypatch):
    z = np.random.default_rng(0).standard_normal((101, 3))
    whole = nearest_neighbours(z, 5)
    monkeypatch.setattr(module, "ENTRIES", 700)
    for found, expected in zip(nearest_neighbours(z, 5), whole, strict=True):
        np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_duplicates_are_refused_or_dropped_and_never_moved():
    z = np.array([[0.0, 1], [2, 3], [0, 1]])
    with pytest.raises(ValueError, match=r'got 1 that equal another.*Pass duplicates="drop"'):
        distinct_rows(z, "refuse")
    assert distinct_rows(z, "drop").tolist() == [[0, 1], [2, 3]]
    with pytest.raises(ValueError, match='`duplicates` must be "refuse" or "drop", got \'jitter\''):
        distinct_rows(z, "jitter")


@pytest.mark.parametrize("k", [0, 3])
def test_there_are_only_so_many_others(k):
    with pytest.raises(ValueError, match=f"must lie between 1 and 2, the others .* got {k}"):
        nearest_neighbours(np.eye(3), k)
