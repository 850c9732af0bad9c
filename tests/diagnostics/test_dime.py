"""DiME is zero by chance and counts what both views show."""

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssl_theory.checks.strategies import pairs
from ssl_theory.diagnostics.dime import dime, gaussian_gram, joint_matrix_entropy


def normal(*shape, seed=0):
    return np.random.default_rng(seed).standard_normal(shape)


@pytest.mark.parametrize("order", [1.0, 2.0, 1.01])
def test_clusters_that_both_views_show_are_what_they_share(order):
    # Blocks of two of six: every eigenvalue is equal, so all orders agree.
    z = 100.0 * np.repeat(np.arange(3), 2)[:, None]
    gram = gaussian_gram(z, 1.0)
    every = [joint_matrix_entropy(gram, gram[np.ix_(p, p)]) for p in permutations(range(6))]
    # 15 pairings: 1 shares all three pairs, 6 share one, 8 none; entropies of their blocks.
    one_pair = -(math.log(1 / 3) / 3 + 4 * math.log(1 / 6) / 6)
    expected = (math.log(3) + 6 * one_pair + 8 * math.log(6)) / 15
    assert np.mean(every) == pytest.approx(expected)
    if order == 1.0:
        draws = 2000
        error = np.std(every) / draws**0.5
        assert 5 * error < 0.1
        found = dime(z, z, bandwidth=1.0, draws=draws)
        assert found == pytest.approx(expected - math.log(3), abs=5 * error)
    assert joint_matrix_entropy(gram, gram, order=order) == pytest.approx(math.log(3))


def test_unrelated_views_share_nothing_on_average():
    values = [dime(normal(20, 3, seed=s), normal(20, 2, seed=999 + s)) for s in range(100)]
    error = np.std(values) / len(values) ** 0.5
    assert error < 0.01
    assert abs(np.mean(values)) < 5 * error


def test_the_more_views_share_the_more_it_finds():
    z, noise = normal(60, 3), normal(60, 3, seed=1)
    found = [dime(z, z + scale * noise) for scale in (0.1, 1.0, 3.0)]
    assert found == sorted(found, reverse=True)
    assert found[0] > 0.1


def test_items_out_of_reach_of_each_other_share_nothing_that_can_be_seen():
    z = 1e6 * normal(10, 2)
    assert dime(z, z, bandwidth=1.0) == pytest.approx(0, abs=1e-12)


@given(pairs(), st.integers(0, 99), st.floats(0.1, 10))
def test_isometries_and_units_of_either_view_change_nothing(pair, seed, scale):
    z, w = (x.numpy() for x in pair)
    d = z.shape[1]
    rotation = np.linalg.qr(normal(d, d, seed=seed))[0]
    assert dime(scale * z @ rotation + 1, w, draws=3) == pytest.approx(
        dime(z, w, draws=3), abs=1e-9
    )


def test_partners_matter_and_with_a_fixed_bandwidth_units_do():
    z = normal(30, 2)
    assert dime(z, z[::-1]) < dime(z, z) - 0.1
    assert dime(9 * z, 9 * z, bandwidth=1.0) != pytest.approx(dime(z, z, bandwidth=1.0), rel=0.1)


def test_the_order_two_entropy_is_a_norm():
    one, other = gaussian_gram(normal(12, 2)), gaussian_gram(normal(12, 3, seed=1))
    expected = -2 * math.log(np.linalg.norm(one * other / 12))
    assert joint_matrix_entropy(one, other, order=2.0) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"w": np.eye(3)}, "must represent the same items, got 4 and 3 of them"),
        ({"bandwidth": 0.0}, "`bandwidth` must be positive, got 0"),
        ({"draws": 0}, "`draws` must be at least 1, got 0"),
        ({"w": np.ones((4, 2))}, "`w` must vary, got equal items"),
    ],
)
def test_it_says_what_it_wants(words, message):
    with pytest.raises(ValueError, match=message):
        dime(**{"z": np.eye(4), "w": np.eye(4)} | words)


def test_the_bandwidth_is_a_standard_deviation_and_by_default_that_of_the_view():
    z = np.array([[0.0], [6.0]])
    assert gaussian_gram(z, 3.0)[0, 1] == pytest.approx(math.exp(-2))
    assert gaussian_gram(z)[0, 1] == pytest.approx(math.exp(-1))
    z = normal(40, 1)
    # Squared distances have mean twice the variance, so it is the standard deviation.
    assert gaussian_gram(z) == pytest.approx(gaussian_gram(z, z.std(ddof=1)))
