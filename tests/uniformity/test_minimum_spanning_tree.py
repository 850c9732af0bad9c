"""The minimum spanning tree: its length where it is known, and what pulls on it."""

import math

import networkx
import numpy as np
import pytest
import torch
from hypothesis import given

from ssl_theory.checks.strategies import embeddings
from ssl_theory.uniformity import MinimumSpanningTree


def _length(w: torch.Tensor) -> float:
    return len(w) * MinimumSpanningTree(1.0, 0.0).entropy(w, given=w).item()


@given(embeddings())
def test_on_a_line_the_tree_is_as_long_as_the_range(w):
    line = w[:, :1]
    assert _length(line) == pytest.approx((line.max() - line.min()).item())


@pytest.mark.parametrize("d", [2, 5])
def test_a_simplex_has_every_edge_alike(d):
    assert _length(torch.eye(d, dtype=torch.float64)) == pytest.approx((d - 1) * math.sqrt(2))


@pytest.mark.parametrize("side", [2, 4])
def test_a_grid_is_connected_by_unit_steps(side):
    axis = torch.arange(float(side), dtype=torch.float64)
    assert _length(torch.cartesian_prod(axis, axis)) == pytest.approx(side**2 - 1)


@given(embeddings())
def test_no_tree_of_networkx_is_shorter(w):
    graph = networkx.Graph()
    items = w.numpy()
    for i in range(len(items)):
        for j in range(i):
            graph.add_edge(i, j, weight=float(np.linalg.norm(items[i] - items[j])))
    expected = networkx.minimum_spanning_tree(graph, algorithm="boruvka").size("weight")
    assert _length(w) == pytest.approx(expected)


def test_items_that_coincide_cost_no_length_and_feel_no_force():
    w = torch.tensor([[0.0, 0.0], [0.0, 0.0], [3.0, 4.0]], dtype=torch.float64, requires_grad=True)
    assert _length(w) == pytest.approx(5)
    MinimumSpanningTree(1.0, 0.0).entropy(w, given=w).backward()
    assert w.grad.isfinite().all()


def test_the_pull_is_zero_on_the_sphere_and_square_off_it():
    w = torch.tensor([[1.0, 0.0], [0.0, 3.0], [0.0, 0.0]], dtype=torch.float64)
    assert MinimumSpanningTree(0.0, 0.5).entropy(w, given=w).item() == pytest.approx(-0.5 * 5 / 3)
