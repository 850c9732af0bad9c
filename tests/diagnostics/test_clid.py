"""Clusters are learnable where neighbours share them; CLID is a rank among models."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import zscore
from sklearn.model_selection import LeaveOneOut, cross_val_predict
from sklearn.neighbors import KNeighborsClassifier

from ssl_theory.diagnostics.clid import clid, cluster_learnability, k_means


def normal(*shape, seed=0):
    return np.random.default_rng(seed).standard_normal(shape)


@given(st.integers(0, 99), st.integers(2, 6))
def test_every_item_is_in_the_cluster_with_the_nearest_mean(seed, clusters):
    z = normal(60, 2, seed=seed)
    labels = k_means(z, clusters, seed=seed)
    means = {name: z[labels == name].mean(0) for name in np.unique(labels)}
    nearest = [min(means, key=lambda name, x=x: np.sum((x - means[name]) ** 2)) for x in z]
    assert (labels == nearest).all()


def test_clusters_far_apart_are_found():
    z = np.repeat(100 * np.eye(4), 10, axis=0) + normal(40, 4)
    labels = k_means(z, 4).reshape(4, 10)
    assert (labels == labels[:, :1]).all()
    assert len(set(labels[:, 0])) == 4
    assert cluster_learnability(z, clusters=4, neighbours=3) == 1


def test_it_is_the_accuracy_of_a_neighbour_with_one_item_held_out():
    z = normal(100, 6)
    labels = k_means(z, 8, seed=0)
    predicted = cross_val_predict(KNeighborsClassifier(1), z, labels, cv=LeaveOneOut())
    expected = np.mean(predicted == labels)
    assert 0.3 < expected < 0.9
    assert cluster_learnability(z, clusters=8) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("between", "neighbours", "right"),
    [(6.2, 1, 7), (6.2, 2, 7), (6.2, 3, 7), (5.4, 1, 6), (5.4, 2, 6), (5.4, 3, 6)],
)
def test_a_majority_decides_and_of_equals_the_nearer(between, neighbours, right):
    # The fourth item belongs right from 17 / 3.5 on, but up to 5.5 its nearest are on the left.
    z = np.array([[0.0], [1], [2], [between], [9], [10], [11]])
    labels = k_means(z, 2)
    assert (labels == labels[0]).tolist() == [True] * 3 + [False] * 4
    assert cluster_learnability(z, clusters=2, neighbours=neighbours) == pytest.approx(right / 7)


def test_noise_is_above_chance_and_less_so_in_more_dimensions():
    low, high = (cluster_learnability(normal(400, d), clusters=10) for d in (2, 64))
    labels = k_means(normal(400, 64), 10)
    chance = np.sum((np.bincount(labels) / 400) ** 2)
    assert low > high > chance + 0.05
    assert low > 0.8


@given(st.integers(0, 99), st.floats(0.1, 10))
def test_isometries_and_units_change_nothing(seed, scale):
    z = normal(80, 3, seed=seed)
    rotation = np.linalg.qr(normal(3, 3, seed=seed))[0]
    assert cluster_learnability(scale * z @ rotation + 1, clusters=5) == pytest.approx(
        cluster_learnability(z, clusters=5), abs=0.03
    )


def test_models_are_ranked_by_the_sum_of_their_scores():
    dimensions, learnabilities = [12.0, 30, 21], [0.7, 0.2, 0.9]
    expected = zscore(dimensions) + zscore(learnabilities)
    assert clid(dimensions, learnabilities) == pytest.approx(expected)
    assert clid([1, 2, 3], [3, 2, 1]) == pytest.approx([0, 0, 0])


def test_one_model_has_no_rank():
    with pytest.raises(ValueError, match=r"must be of 2 models or more, got shape \(1,\)"):
        clid([3.0], [0.5])
    with pytest.raises(ValueError, match="must differ between models, got equal ones"):
        clid([3.0, 4.0], [0.5, 0.5])


@pytest.mark.parametrize("clusters", [1, 4])
def test_there_are_as_many_clusters_as_distinct_items_at_most(clusters):
    with pytest.raises(ValueError, match=f"between 2 and the 3 distinct items, got {clusters}"):
        k_means(np.repeat(np.eye(3), 2, axis=0), clusters)
