"""The shortest tree grows with the dimension of what it spans."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse.csgraph import minimum_spanning_tree
from scipy.spatial.distance import pdist, squareform

from ssl_theory.checks.strategies import embeddings
from ssl_theory.diagnostics.tree_dimension import tree_dimension, tree_lengths
from tests.diagnostics.manifolds import torus


@given(embeddings())
def test_edges_are_those_of_the_minimum_spanning_tree(z):
    expected = np.sort(minimum_spanning_tree(squareform(pdist(z.numpy()))).data)
    assert tree_lengths(z) == pytest.approx(expected)


def test_equal_items_are_connected_by_nothing():
    # Where a sparse graph would take no distance for no edge.
    assert tree_lengths(np.array([[1.0], [1.0], [4.0]])).tolist() == [0, 3]


@pytest.mark.parametrize("d", [1, 2, 3])
def test_closed_manifolds_have_their_dimension_in_any_space(d):
    found = [tree_dimension(torus(d, 800, seed), repeats=3) for seed in range(4)]
    assert np.mean(found) == pytest.approx(d, rel=0.1)


def test_any_power_below_the_dimension_tells_it():
    assert tree_dimension(torus(2, 800, 0), power=0.5) == pytest.approx(2, rel=0.15)


@given(embeddings(min_dimension=2), st.integers(0, 99), st.floats(0.01, 100))
def test_isometries_and_units_change_nothing(z, seed, scale):
    z = z.numpy()
    d = z.shape[1]
    rotation = np.linalg.qr(np.random.default_rng(seed).standard_normal((d, d)))[0]
    sizes = [3, len(z)]
    assert 1 / tree_dimension(scale * z @ rotation + 1, sizes=sizes) == pytest.approx(
        1 / tree_dimension(z, sizes=sizes), rel=1e-6, abs=1e-9
    )


def test_copies_weigh_on_it():
    z = torus(2, 300, 0)
    assert tree_dimension(np.vstack([z, z])) != pytest.approx(tree_dimension(z), rel=0.05)


def test_items_equally_far_apart_are_of_no_finite_dimension():
    assert tree_dimension(np.eye(32)) == np.inf


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"power": 0.0}, "`power` must be positive, got 0"),
        ({"sizes": [9, 9]}, r"two or more different numbers between 2 and 20 items, got \[9, 9\]"),
        ({"sizes": [9, 21]}, r"between 2 and 20 items, got \[9, 21\]"),
    ],
)
def test_it_says_what_it_wants(words, message):
    with pytest.raises(ValueError, match=message):
        tree_dimension(torus(1, 20, 0), **words)


def test_a_point_has_no_tree():
    with pytest.raises(ValueError, match="got 2 equal ones: a tree of no length"):
        tree_dimension(np.ones((20, 2)), sizes=[2, 5])
