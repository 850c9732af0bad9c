"""A block graph has the spectrum of its blocks, and edges as likely as its weights."""

import numpy as np
import pytest
from scipy.optimize import minimize

from ssl_theory.processes import BlockGraph

GRAPH = BlockGraph(blocks=4, size=3, within=0.7, across=0.05)


@pytest.mark.parametrize("graph", [GRAPH, BlockGraph(2, 1, 1.0, 0.0), BlockGraph(5, 4)], ids=repr)
def test_eigenvalues_are_those_of_the_adjacency(graph):
    values = np.linalg.eigvalsh(graph.adjacency)[::-1]
    np.testing.assert_allclose(graph.eigenvalues, values, atol=1e-12)


def test_edges_are_as_frequent_as_their_weights():
    n = 40_000
    pairs = GRAPH.draw(n, seed=0)
    truth = GRAPH.adjacency / 12
    counts = pairs.x.T @ pairs.y / n
    assert (np.abs(counts - truth) < 5 * np.sqrt(truth / n)).all()
    blocks = pairs.x.argmax(1) // 3
    np.testing.assert_array_equal(blocks, pairs.auxiliary["class"])
    np.testing.assert_array_equal(pairs.latents.argmax(1), blocks)


def test_products_are_the_density_ratios_of_the_adjacency():
    ratios = 12 * GRAPH.adjacency
    items = np.eye(12)
    grid = [GRAPH.density_ratio(np.tile(items[i], (12, 1)), items) for i in range(12)]
    np.testing.assert_allclose(np.exp(grid), ratios)
    information = np.mean(ratios * np.log(ratios))
    assert GRAPH.mutual_information == pytest.approx(information)


def test_the_least_spectral_loss_is_reached_at_the_stated_products():
    joint = GRAPH.adjacency / 12

    def loss(flat):
        f = flat.reshape(12, 4)
        products = f @ f.T
        value = -2 * (joint * products).sum() + np.square(products).sum() / 144
        return value, (-4 * joint @ f + 4 * products @ f / 144).ravel()

    start = np.random.default_rng(1).standard_normal(48)
    best = minimize(loss, start, jac=True, method="BFGS", options={"gtol": 1e-8})
    assert best.fun == pytest.approx(GRAPH.least_spectral_loss, abs=1e-8)
    f = best.x.reshape(12, 4)
    expected = np.repeat(np.repeat(GRAPH.block_products, 3, axis=0), 3, axis=1)
    np.testing.assert_allclose(f @ f.T, expected, atol=1e-4)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"blocks": 1}, "`blocks` must be at least 2, got 1"),
        ({"size": 0}, "`size` must be at least 1, got 0"),
        ({"across": 0.9}, r"`across` must be at least 0 and below `within`, got 0\.9 and 0\.9"),
    ],
)
def test_says_which_graph_it_wants(fields, message):
    with pytest.raises(ValueError, match=message):
        BlockGraph(**fields)
