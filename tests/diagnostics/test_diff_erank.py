"""Training gives up directions; every item has one vote on which there are."""

import numpy as np
import pytest
from hypothesis import given
from scipy.stats import entropy

from ssl_theory.checks.strategies import embeddings
from ssl_theory.diagnostics.diff_erank import diff_erank, direction_rank


def drawn(n, d, seed=0):
    return np.random.default_rng(seed).standard_normal((n, d))


@given(embeddings(min_dimension=2))
def test_it_is_the_entropy_of_a_density_matrix_of_directions(z):
    rows = z.numpy() - z.numpy().mean(0)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    density = sum(np.outer(u, u) for u in rows) / len(rows)
    expected = np.exp(entropy(np.linalg.eigvalsh(density).clip(min=0)))
    assert direction_rank(z) == pytest.approx(expected, rel=1e-6)


def test_isotropic_items_follow_pages_law():
    n, d = 500, 50
    found = np.mean([direction_rank(drawn(n, d, seed)) for seed in range(5)])
    assert found == pytest.approx(d * np.exp(-d / (2 * n)), rel=0.005)


def test_an_outlier_counts_as_much_as_any_item():
    z = drawn(400, 10)
    far = np.vstack([z, 1e6 * z[:1]])
    # Seen from a mean that has moved, nearly all items lie on one side: directions, not lengths.
    assert direction_rank(np.vstack([z, -1e6 * z[:1], 1e6 * z[:1]])) > 0.99 * direction_rank(z)
    assert direction_rank(far) < 1.1


def test_directions_given_up_are_counted():
    before, after = drawn(2000, 12), drawn(2000, 12, 1) * (np.arange(12) < 5)
    assert diff_erank(before, after) == pytest.approx(12 - 5, abs=0.1)
    assert diff_erank(before, after) == -diff_erank(after, before)


def test_an_item_at_the_mean_has_no_direction():
    with pytest.raises(ValueError, match="`z` must have no zero rows, got 1"):
        direction_rank([[1.0, 0.0], [-1.0, 0.0], [0.0, 0.0]])
