"""The bars of zero-dimensional homology are the edges of the shortest tree."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssl_theory.checks.strategies import embeddings
from ssl_theory.diagnostics.persistence import total_persistence


def merged(z, power):
    """By growing balls: union-find over pairs in order of distance, and nothing of trees."""
    n, total = len(z), 0.0
    owner = list(range(n))
    apart = [(np.linalg.norm(z[i] - z[j]), i, j) for i in range(n) for j in range(i)]
    for distance, i, j in sorted(apart):
        if owner[i] != owner[j]:
            total += distance**power
            gone, kept = owner[i], owner[j]
            owner = [kept if x == gone else x for x in owner]
    return total


@given(embeddings(), st.sampled_from([0.5, 1.0, 2.0]))
def test_bars_end_where_growing_balls_merge(z, power):
    assert total_persistence(z, power=power) == pytest.approx(merged(z.numpy(), power))


def test_on_an_interval_the_tree_is_the_range():
    n, draws = 20, 2000
    generator = np.random.default_rng(0)
    found = [total_persistence(generator.uniform(size=(n, 1))) for _ in range(draws)]
    error = np.std(found, ddof=1) / draws**0.5
    assert error < 0.005
    assert abs(np.mean(found) - (n - 1) / (n + 1)) < 5 * error


def test_divided_by_its_growth_it_settles():
    # Cortina-Borja and Robinson found 0.6331 in the square without borders, which add some.
    sizes = (200, 800)
    found = [
        np.mean(
            [
                total_persistence(np.random.default_rng(s).uniform(size=(n, 2)), dimension=2)
                for s in range(8)
            ]
        )
        for n in sizes
    ]
    assert found[0] == pytest.approx(found[1], rel=0.06)
    assert 0.633 < found[1] < found[0] < 0.72


def test_evenly_spread_items_have_longer_trees_than_clusters():
    generator = np.random.default_rng(0)
    even = generator.uniform(size=(300, 2))
    clusters = np.repeat(generator.uniform(size=(10, 2)), 30, axis=0)
    clusters += 0.01 * generator.standard_normal((300, 2))
    words = {"dimension": 2.0}
    assert total_persistence(clusters, **words) < 0.4 * total_persistence(even, **words)


def test_it_says_what_it_wants():
    with pytest.raises(ValueError, match="`power` must be positive, got 0"):
        total_persistence(np.eye(3), power=0)
    with pytest.raises(ValueError, match=r"`dimension` must be at least the power 2, got 1\.5"):
        total_persistence(np.eye(3), power=2, dimension=1.5)
