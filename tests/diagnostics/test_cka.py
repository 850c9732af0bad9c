"""CKA is a cosine of Gram matrices; without its bias, 0 is what independence gives."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssl_theory.checks.strategies import pairs
from ssl_theory.diagnostics.cka import biased_cka_of_independent, cka, independence_p_value

kinds = st.booleans()


def normal(*shape, seed=0):
    return np.random.default_rng(seed).standard_normal(shape)


@given(pairs())
def test_biased_it_is_the_cosine_of_centred_gram_matrices(pair):
    z, w = (x.numpy() for x in pair)
    n = len(z)
    centre = np.eye(n) - 1 / n
    k, m = (centre @ x @ x.T @ centre for x in (z, w))
    expected = np.sum(k * m) / np.linalg.norm(k) / np.linalg.norm(m)
    assert cka(z, w, debiased=False) == pytest.approx(expected)


def test_debiased_it_averages_over_quadruples_of_distinct_items():
    z, w = normal(7, 2), normal(7, 3, seed=1)
    w[:, :2] += z

    def criterion(k, m):
        return np.mean(
            [
                k[i, j] * (m[i, j] + m[p, q] - 2 * m[i, p])
                for i, j, p, q in permutations(range(7), 4)
            ]
        )

    k, m = z @ z.T, w @ w.T
    expected = criterion(k, m) / np.sqrt(criterion(k, k) * criterion(m, m))
    assert cka(z, w) == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize(("n", "first", "second"), [(128, 512, 512), (40, 20, 20), (60, 10, 90)])
def test_of_independent_items_only_the_debiased_value_is_zero(n, first, second):
    draws = 30
    biased, debiased = (
        np.array(
            [
                cka(normal(n, first, seed=s), normal(n, second, seed=1000 + s), debiased=d)
                for s in range(draws)
            ]
        )
        for d in (False, True)
    )
    error = debiased.std(ddof=1) / draws**0.5
    assert error < 0.01
    assert abs(debiased.mean()) < 5 * error
    expected = biased_cka_of_independent(n, first, second)
    assert expected > 0.25
    assert biased.mean() == pytest.approx(expected, abs=0.01)


def test_few_items_estimate_the_population_value_only_without_bias():
    # Gamma = a on 4 of 16 axes: |Gamma|^2 / (|Sigma|^2) = 4 a^2 / 16.
    n, d, a, draws = 32, 16, 0.8, 300
    generator = np.random.default_rng(3)
    values = []
    for _ in range(draws):
        z, w = generator.standard_normal((2, n, d))
        w[:, :4] = a * z[:, :4] + (1 - a**2) ** 0.5 * w[:, :4]
        values.append((cka(z, w), cka(z, w, debiased=False)))
    debiased, biased = np.mean(values, 0)
    assert np.std(values, axis=0)[0] / draws**0.5 < 0.005
    assert debiased == pytest.approx(0.16, abs=0.02)
    assert biased > 0.4


@pytest.mark.parametrize(("n", "d"), [(30, 64), (100, 256)])
def test_independence_is_rejected_as_often_as_the_level_says(n, d):
    draws = 200
    chances = np.array(
        [
            independence_p_value(cka(normal(n, d, seed=s), normal(n, d, seed=5000 + s)), n)
            for s in range(draws)
        ]
    )
    for level in (0.05, 0.5):
        error = (level * (1 - level) / draws) ** 0.5
        assert abs(np.mean(chances < level) - level) < 5 * error
    assert 5 * (0.05 * 0.95 / draws) ** 0.5 < 0.08


def test_what_is_shared_is_detected():
    z = normal(100, 64)
    assert independence_p_value(cka(z, z + 3 * normal(100, 64, seed=1)), 100) < 1e-6
    assert independence_p_value(1.0, 100) == 0.0


@given(pairs(), kinds, st.integers(0, 99), st.floats(0.1, 10), st.floats(-10, 10))
def test_rotations_scales_and_constants_change_nothing(pair, debiased, seed, scale, constant):
    z, w = (x.numpy() for x in pair)
    rotation = np.linalg.qr(normal(z.shape[1], z.shape[1], seed=seed))[0]
    moved = scale * z @ rotation + constant
    assert cka(moved, w, debiased=debiased) == pytest.approx(
        cka(z, w, debiased=debiased), rel=1e-6, abs=1e-9
    )
    assert cka(w, z, debiased=debiased) == pytest.approx(cka(z, w, debiased=debiased))
    assert cka(z, moved, debiased=debiased) == pytest.approx(1)


@pytest.mark.parametrize("debiased", [False, True])
def test_other_linear_maps_do(debiased):
    z = normal(50, 3)
    assert cka(z, z * [9, 1, 1], debiased=debiased) < 0.9


def test_other_dimensions_are_welcome_and_other_items_are_not():
    z = normal(30, 5)
    assert cka(z, np.hstack([z, np.zeros((30, 2))])) == pytest.approx(1)
    with pytest.raises(ValueError, match="must represent the same items, got 30 and 29"):
        cka(z, z[:-1])


def test_a_constant_is_similar_to_nothing():
    with pytest.raises(ValueError, match="`w` must vary, got 9 equal items"):
        cka(normal(9, 2), np.ones((9, 2)))


def test_variance_within_chance_has_no_unbiased_unit():
    # Items all equally far from each other: no pair of a simplex says anything, but by rounding.
    with pytest.raises(ValueError, match=r"got unbiased squared norms 0 .*Give more items"):
        cka(np.eye(6), normal(6, 2))


def test_one_item_apart_from_equal_ones_has_no_unit_but_rounding():
    # Its inner products are with itself, which is what an unbiased norm leaves out.
    z = np.full((60, 5), 0.1)
    z[7] = [1.3, -0.7, 0.2, 0.9, -2.1]
    with pytest.raises(ValueError, match=r"got unbiased squared norms 0 and 0"):
        cka(z, z[::-1])
