"""Zhang et al. (2024): matrix cross-entropies, as their code computes them."""

import numpy as np
import pytest
from hypothesis import given

from ssl_theory.checks.strategies import pairs
from ssl_theory.objectives import matrix_ssl


def series(matrix):
    """The logarithm about the identity, to fourth order."""
    rest = matrix - np.eye(len(matrix))
    return sum((-1) ** (k + 1) / k * np.linalg.matrix_power(rest, k) for k in range(1, 5))


def cross_entropy(p, q):
    return -np.trace(p @ series(q))


@pytest.mark.parametrize("weight", [1.0, 0.3])
@given(pair=pairs())
def test_it_publishes_the_authors_sum_of_matrix_cross_entropies(weight, pair):
    views = [x.numpy() / np.linalg.norm(x.numpy(), axis=1, keepdims=True) for x in pair]
    n, d = views[0].shape
    centring, eye = np.eye(n) - np.ones((n, n)) / n, np.eye(d)
    expected = 0
    for p, z in (views, views[::-1]):
        expected += cross_entropy(eye, p.T @ centring @ z / n + eye) / 2
        own = (x.T @ centring @ x / n + eye for x in (p, z))
        expected += weight * cross_entropy(*own) / 2
    ours = matrix_ssl(weight).published(*pair).item()
    assert ours == pytest.approx(expected, rel=1e-9, abs=1e-9)
