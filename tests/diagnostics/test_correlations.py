"""Correlations of coordinates, of views, and of directions across views."""

import numpy as np
import pytest
from hypothesis import given
from numpy.testing import assert_allclose

from ssl_theory.checks.strategies import pairs
from ssl_theory.diagnostics.autocorrelations import (
    autocorrelation_edge,
    canonical_autocorrelations,
)
from ssl_theory.diagnostics.correlations import cross_correlations, off_diagonal_correlations
from ssl_theory.nulls.wachter import canonical_edges
from ssl_theory.processes import GaussianPairs


def normal(n, d, seed=0):
    return np.random.default_rng(seed).standard_normal((n, d))


def test_correlations_are_numpys():
    z = normal(40, 5) @ normal(5, 5, 1) + 3
    rest = np.corrcoef(z, rowvar=False)[~np.eye(5, dtype=bool)]
    found = off_diagonal_correlations(z)
    assert found.mean_square == pytest.approx(np.square(rest).mean())
    assert found.largest == pytest.approx(np.abs(rest).max())
    assert found.expected == 1 / 39


def test_correlations_of_noise_average_to_what_is_expected():
    found = [off_diagonal_correlations(normal(20, 6, seed)).mean_square for seed in range(600)]
    error = np.std(found, ddof=1) / 600**0.5
    assert error < 0.02 / 19
    assert abs(np.mean(found) - 1 / 19) < 5 * error


def test_one_strong_pair_is_seen_by_the_largest_and_many_weak_ones_by_the_mean():
    z = normal(400, 60)
    one, many = z.copy(), z + 0.5 * normal(400, 1, 1)
    one[:, 1] += 0.5 * z[:, 0]
    strong, weak = off_diagonal_correlations(one), off_diagonal_correlations(many)
    assert strong.largest_p_value < 1e-6 < 0.001 < strong.mean_square_p_value
    assert weak.mean_square_p_value < 1e-30
    assert off_diagonal_correlations(z).largest_p_value > 0.01


def test_constant_coordinates_are_left_out_and_counted():
    z = normal(30, 4)
    padded = np.hstack([z, np.full((30, 2), 0.3)])
    found, whole = off_diagonal_correlations(z), off_diagonal_correlations(padded)
    assert (whole.constant, found.constant) == (2, 0)
    assert whole.mean_square == pytest.approx(found.mean_square)
    assert cross_correlations(padded, padded).constant == 2


@given(pairs())
def test_cross_correlations_are_numpys(pair):
    z, w = (view.numpy() for view in pair)
    d = z.shape[1]
    matrix = np.corrcoef(z, w, rowvar=False)[:d, d:]
    found = cross_correlations(z, w)
    assert found.diagonal == pytest.approx(np.diag(matrix).mean())
    assert found.off_diagonal_mean_square == pytest.approx(
        np.square(matrix)[~np.eye(d, dtype=bool)].mean(), abs=1e-12
    )


@given(pairs())
def test_autocorrelations_solve_the_pencil_of_both_orders(pair):
    z, w = (view.numpy() for view in pair)
    first, second = np.vstack([z, w]), np.vstack([w, z])
    first, second = first - first.mean(0), second - second.mean(0)
    matrix = np.linalg.solve(first.T @ first, first.T @ second)
    expected = np.sort(np.linalg.eigvals(matrix).real)[::-1]
    assert_allclose(canonical_autocorrelations(z, w).values, expected, atol=1e-8)


@given(pairs())
def test_autocorrelations_do_not_mind_invertible_maps(pair):
    z, w = (view.numpy() for view in pair)
    q = np.linalg.qr(normal(z.shape[1], z.shape[1]))[0] * np.linspace(1, 3, z.shape[1])
    moved = canonical_autocorrelations(z @ q + 2, w @ q + 2)
    assert_allclose(moved.values, canonical_autocorrelations(z, w).values, atol=1e-8)


def test_many_items_show_the_autocorrelations_they_were_given():
    given_ones = (0.9, 0.5, 0.0, -0.6)
    process = GaussianPairs((4.0, 1.0, 2.0, 0.5), given_ones, mixing_seed=1)
    x, y = process.draw(20_000, seed=0)
    found = canonical_autocorrelations(x, y)
    assert_allclose(found.values, given_ones, atol=0.03)
    assert found.shared == 2
    assert_allclose(found.values, process.canonical_autocorrelations, atol=0.03)


def test_partners_that_are_opposite_correlate_at_minus_one():
    z = normal(30, 3)
    assert_allclose(canonical_autocorrelations(z - z.mean(0), z.mean(0) - z).values, -1)
    assert_allclose(canonical_autocorrelations(z, z.copy()).values, 1)


@pytest.mark.parametrize(("n", "d"), [(1000, 200), (600, 400), (2000, 40)])
def test_unrelated_views_fill_the_interval_between_the_edges(n, d):
    values = canonical_autocorrelations(normal(n, d), normal(n, d, 1)).values
    edge = autocorrelation_edge(n, d)
    slack = 3 * n ** (-2 / 3)
    assert edge - slack < values[0] < edge + slack
    assert edge - slack < -values[-1] < edge + slack
    low, high = canonical_edges(2 * n - 1, d, n - 1)  # sums among sums and differences
    assert 2 * high - 1 == pytest.approx(edge, abs=1 / n)
    assert 2 * low - 1 == pytest.approx(-edge, abs=1 / n)


def test_unrelated_views_seem_related_as_often_as_the_level_says():
    found = [
        canonical_autocorrelations(normal(80, 20, 2 * s), normal(80, 20, 2 * s + 1), level=0.2)
        for s in range(300)
    ]
    share = np.mean([f.shared > 0 for f in found])
    assert abs(share - 0.2) < 5 * (0.2 * 0.8 / 300) ** 0.5


@pytest.mark.parametrize(
    ("call", "complaint"),
    [
        (lambda: off_diagonal_correlations(np.ones((5, 3))), "at least 2 coordinates that vary"),
        (lambda: off_diagonal_correlations(normal(3, 3)), "must hold at least 4 items of at"),
        (lambda: cross_correlations(normal(5, 1), normal(5, 1)), "must vary in at least 2 coord"),
        (lambda: canonical_autocorrelations(normal(5, 5), normal(5, 5)), "more items than dim"),
        (
            lambda: canonical_autocorrelations(np.ones((5, 2)), np.ones((5, 2))),
            "must vary in all 2 dimensions",
        ),
        (lambda: autocorrelation_edge(5, 5), "`items` must exceed the dimensions, got 5 of 5"),
    ],
)
def test_says_what_it_wanted(call, complaint):
    with pytest.raises(ValueError, match=complaint):
        call()
