"""Graphs have the spectrum of their blocks, and views lose what they should."""

import numpy as np
import pytest

from ssl_theory.processes import GraphViews

WORLD = GraphViews()
NODES = 600


def mean_adjacency(world, nodes):
    label = np.arange(nodes) % world.blocks
    mean = np.where(label[:, None] == label, world.within, world.across)
    return mean - np.diag(np.diag(mean))


@pytest.mark.parametrize("world", [WORLD, GraphViews(4, 6, within=0.9, across=0.3)], ids=repr)
def test_eigenvalues_are_those_of_the_mean_adjacency(world):
    mean = mean_adjacency(world, 24)
    np.testing.assert_allclose(mean.sum(1), world.degree(24))
    values = np.linalg.eigvalsh(mean / world.degree(24))[::-1]
    np.testing.assert_allclose(world.mean_spectrum(24), values, atol=1e-12)
    assert world.neighbour_autocorrelation(24) == pytest.approx(values[1])


@pytest.mark.parametrize("which", ["adjacency", "view_adjacency"])
def test_a_graph_has_these_eigenvalues_up_to_those_of_its_noise(which):
    adjacency = WORLD.draw(NODES, seed=0).auxiliary[which].astype(float)
    kept = 1.0 if which == "adjacency" else 1 - WORLD.edge_drop
    values = np.linalg.eigvalsh(adjacency / (kept * WORLD.degree(NODES)))[::-1]
    # Weyl, with the norm of a matrix of independent entries: twice the root of their variances.
    p = kept * mean_adjacency(WORLD, NODES)
    norm = 2 * np.sqrt((p * (1 - p)).sum(1).max()) / (kept * WORLD.degree(NODES))
    assert norm < 0.2 < WORLD.mean_spectrum(NODES)[2]
    assert np.abs(values - WORLD.mean_spectrum(NODES)).max() < 1.1 * norm
    assert values[2] > 3 * values[3]


def test_edges_are_drawn_once_and_lost_as_often_as_they_say():
    named = WORLD.draw(NODES, seed=1).auxiliary
    whole, one, other = (
        named[f"{k}adjacency"][np.triu_indices(NODES, 1)] for k in ("", "view_", "partner_")
    )
    for k in ("", "view_", "partner_"):
        graph = named[f"{k}adjacency"]
        assert (graph == graph.T).all() and not graph.diagonal().any()
    assert not (one & ~whole).any() and not (other & ~whole).any()
    count = whole.sum()
    for kept, truth in ((one, 0.8), (other, 0.8), (one & other, 0.64)):
        assert abs(kept.sum() / count - truth) < 5 * np.sqrt(truth * (1 - truth) / count)
    label = named["class"]
    same = (label[:, None] == label)[np.triu_indices(NODES, 1)]
    for chosen, truth in ((same, 0.5), (~same, 0.05)):
        error = np.sqrt(truth * (1 - truth) / chosen.sum())
        assert abs(whole[chosen].mean() - truth) < 5 * error


def test_features_have_the_moments_of_what_is_kept():
    # One graph for each sample of features would be wasteful: many small graphs.
    drawn = [WORLD.draw(30, seed) for seed in range(200)]
    x, y = (np.vstack([getattr(d, v) for d in drawn]) for v in "xy")
    mean = 0.8 * 2 / 3 * np.array([1, 1, 1, 0])
    for a, b, truth in (
        (x, x, WORLD.feature_covariance),
        (y, y, WORLD.feature_covariance),
        (x, y, WORLD.feature_cross_covariance),
    ):
        products = (a - mean)[:, :, None] * (b - mean)[:, None, :]
        errors = products.std(0) / np.sqrt(len(products))
        assert (np.abs(products.mean(0) - truth) < 5 * errors).all()
        assert errors.max() < 0.05


def test_neighbours_share_their_block_and_nothing_else():
    products, weights = np.zeros((4, 4)), 0
    for seed in range(20):
        named = WORLD.draw(150, seed).auxiliary
        features = named["features"] - np.array([2 / 3] * 3 + [0])
        graph = named["adjacency"].astype(float)
        products += features.T @ graph @ features
        weights += graph.sum()
    truth = WORLD.neighbour_cross_covariance(150)
    # Edges share nodes: the error is that of 20 x 150 independent ones, at most.
    assert np.abs(products / weights - truth).max() < 5 * 1.5 / np.sqrt(3000)
    assert np.abs(truth).max() > 0.6


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"blocks": 1}, "`blocks` must be at least 2, got 1"),
        ({"features": 2}, "`features` must be at least 3, got 2"),
        ({"edge_drop": 1.5}, "`edge_drop` must lie between 0 and 1"),
        ({"feature_drop": -0.5}, "`feature_drop` must lie between 0 and 1"),
        ({"across": 0.6}, r"the first below the second, got 0\.6 and 0\.5"),
    ],
)
def test_says_which_graph_it_wants(fields, message):
    with pytest.raises(ValueError, match=message):
        GraphViews(**fields)


@pytest.mark.parametrize("nodes", [3, 10])
def test_says_how_many_nodes_it_wants(nodes):
    with pytest.raises(ValueError, match=f"a multiple of 3 blocks and at least 6, got {nodes}"):
        WORLD.mean_spectrum(nodes)
