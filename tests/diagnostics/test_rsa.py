"""Representational similarity is a rank correlation of distances."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from ssl_theory.checks.strategies import pairs
from ssl_theory.diagnostics.rsa import DISTANCES, representational_similarity

distances = st.sampled_from(DISTANCES)

ROUTES = {
    "euclidean": lambda a, b: np.sqrt(np.sum((a - b) ** 2)),
    "sqeuclidean": lambda a, b: np.sum((a - b) ** 2),
    "cosine": lambda a, b: 1 - a @ b / np.linalg.norm(a) / np.linalg.norm(b),
    "correlation": lambda a, b: 1 - np.corrcoef(a, b)[0, 1],
    "cityblock": lambda a, b: np.sum(np.abs(a - b)),
}


@given(pairs(min_dimension=3), distances)
def test_it_is_spearmans_coefficient_of_pairs(pair, distance):
    z, w = (x.numpy() for x in pair)
    above = np.triu_indices(len(z), 1)
    apart = [[ROUTES[distance](x[i], x[j]) for i, j in zip(*above, strict=True)] for x in (z, w)]
    expected = spearmanr(*apart).statistic
    found = representational_similarity(z, w, distance=distance)
    assert found == pytest.approx(expected, abs=1e-6)


def test_three_pairs_by_hand():
    # Distances 1, 3, 2 and 4, 9, 5: the same order. With 4, 5, 9 two neighbours change places.
    z = [[0.0], [1.0], [3.0]]
    similar = [[0.0], [4.0], [9.0]]
    changed = [[0.0], [4.0], [-5.0]]
    assert representational_similarity(z, similar, distance="euclidean") == pytest.approx(1)
    assert representational_similarity(z, changed, distance="euclidean") == pytest.approx(0.5)


@given(pairs(min_dimension=3), st.integers(0, 99), st.floats(0.1, 10))
def test_rotations_and_scales_keep_the_order_of_euclidean_distances(pair, seed, scale):
    z, w = (x.numpy() for x in pair)
    d = z.shape[1]
    rotation = np.linalg.qr(np.random.default_rng(seed).standard_normal((d, d)))[0]
    expected = representational_similarity(z, w, distance="euclidean")
    moved = scale * z @ rotation + 1
    found = representational_similarity(moved, w, distance="euclidean")
    assert found == pytest.approx(expected, abs=1e-6)


def test_the_origin_and_the_axes_matter_to_correlation_distance():
    z = np.random.default_rng(0).standard_normal((40, 6))
    assert representational_similarity(z + np.arange(6), z) < 0.9
    rotation = np.linalg.qr(np.random.default_rng(1).standard_normal((6, 6)))[0]
    assert representational_similarity(z @ rotation, z) < 0.99
    assert representational_similarity(3 * z + 7, z) == pytest.approx(1)


def test_independent_items_have_mean_zero():
    generator = np.random.default_rng(0)
    values = [
        representational_similarity(*generator.standard_normal((2, 20, 5)), distance="euclidean")
        for _ in range(200)
    ]
    error = np.std(values) / len(values) ** 0.5
    assert error < 0.02
    assert abs(np.mean(values)) < 5 * error


def test_pairs_equally_far_apart_have_no_order():
    with pytest.raises(ValueError, match="`z` must have pairs of items at different euclidean"):
        representational_similarity(
            np.eye(4), np.random.default_rng(0).standard_normal((4, 2)), distance="euclidean"
        )


def test_it_says_which_distances_it_knows():
    with pytest.raises(ValueError, match=r"`distance` must be one of euclidean, .*got 'hamming'"):
        representational_similarity(np.eye(3), np.eye(3), distance="hamming")
