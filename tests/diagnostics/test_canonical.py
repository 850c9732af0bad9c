"""Canonical correlations are angles between spaces of directions; chance alone makes some large."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssl_theory.checks.strategies import pairs
from ssl_theory.diagnostics.canonical import canonical_correlations, projection_weighted_cca, svcca
from ssl_theory.nulls.wachter import canonical_edges


def normal(*shape, seed=0):
    return np.random.default_rng(seed).standard_normal(shape)


@given(pairs())
def test_squared_they_are_eigenvalues_of_regressing_there_and_back(pair):
    z, w = (x.numpy() for x in pair)
    d = z.shape[1]
    s = np.cov(z, w, rowvar=False)
    there = np.linalg.solve(s[:d, :d], s[:d, d:])
    back = np.linalg.solve(s[d:, d:], s[d:, :d])
    expected = np.sort(np.linalg.eigvals(there @ back).real)[::-1]
    assert canonical_correlations(z, w) ** 2 == pytest.approx(expected, abs=1e-7)


def test_in_one_dimension_it_is_pearsons_coefficient():
    z, w = normal(30, 2).T
    expected = abs(np.corrcoef(z, w)[0, 1])
    assert canonical_correlations(z[:, None], w[:, None]) == pytest.approx([expected])
    assert svcca(z[:, None], w[:, None]) == pytest.approx(expected)


@given(pairs(), st.integers(0, 99))
def test_no_invertible_linear_map_changes_them(pair, seed):
    z, w = (x.numpy() for x in pair)
    d = z.shape[1]
    change = np.linalg.qr(normal(d, d, seed=seed))[0] * np.arange(1, d + 1)
    expected = canonical_correlations(z, w)
    assert canonical_correlations(z @ change + 5, w) == pytest.approx(expected, abs=1e-8)
    assert canonical_correlations(w, z @ change) == pytest.approx(expected, abs=1e-8)


def test_the_mean_of_svcca_sees_scales_and_that_of_pwcca_axes():
    z, w = normal(200, 4), normal(200, 4, seed=1)
    w[:, 0] += 5 * z[:, 0]
    stretched = z * [100, 1, 1, 1]
    assert svcca(stretched, w) > 2 * svcca(z, w)
    assert projection_weighted_cca(stretched, w) > 2 * projection_weighted_cca(z, w)
    turned = z @ np.linalg.qr(normal(4, 4, seed=2))[0]
    assert svcca(turned, w) == pytest.approx(svcca(z, w))
    assert abs(projection_weighted_cca(turned, w) - projection_weighted_cca(z, w)) > 1e-3
    assert abs(projection_weighted_cca(w, z) - projection_weighted_cca(z, w)) > 1e-3


def test_keeping_all_variance_svcca_is_the_mean_canonical_correlation():
    z, w = normal(60, 5), normal(60, 7, seed=1)
    assert svcca(z, w, keep=1.0) == pytest.approx(canonical_correlations(z, w).mean())


@pytest.mark.parametrize(("keep", "kept"), [(0.75, 1), (0.9, 2), (0.97, 3), (1.0, 4)])
def test_as_many_directions_are_kept_as_hold_the_share(keep, kept):
    # Variances 80, 15, 4 and 1 of a cross-polytope: shares 0.8, 0.95, 0.99 and 1.
    axes = np.sqrt([80.0, 15.0, 4.0, 1.0])
    z = np.vstack([np.diag(axes), -np.diag(axes), np.zeros((4, 4))])
    w = normal(12, 1)
    assert svcca(z, w, keep=keep) == pytest.approx(canonical_correlations(z[:, :kept], w)[0])


def test_the_projection_weights_are_those_of_the_paper():
    z, w = normal(40, 3), normal(40, 5, seed=1)
    z, w = z - z.mean(0), w - w.mean(0)

    def root(s):
        values, vectors = np.linalg.eigh(s)
        return vectors / np.sqrt(values) @ vectors.T

    left, rho, _ = np.linalg.svd(root(z.T @ z) @ z.T @ w @ root(w.T @ w), full_matrices=False)
    variates = z @ root(z.T @ z) @ left
    weights = [sum(abs(h @ x) for x in z.T) for h in variates.T]
    expected = np.average(rho, weights=weights)
    assert projection_weighted_cca(z, w) == pytest.approx(expected, rel=1e-10)


def test_independent_representations_have_squares_of_known_mean_below_the_edge():
    n, first, second, draws = 200, 10, 30, 100
    squares = np.array(
        [
            canonical_correlations(normal(n, first, seed=s), normal(n, second, seed=999 + s)) ** 2
            for s in range(draws)
        ]
    )
    means = squares.mean(1)
    error = means.std(ddof=1) / draws**0.5
    assert error < 0.01 * means.mean()
    assert abs(means.mean() - second / (n - 1)) < 5 * error
    assert np.median(squares[:, 0]) < canonical_edges(n - 1, first, second)[1]


def test_a_direction_without_variance_is_none():
    z, w = normal(30, 3), normal(30, 2, seed=1)
    repeated = np.hstack([z, z @ normal(3, 2, seed=2)])
    assert canonical_correlations(repeated, w) == pytest.approx(canonical_correlations(z, w))


def test_directions_that_fill_the_items_are_refused():
    with pytest.raises(ValueError, match="got 6 and 5 of 11 items: some correlations would be 1"):
        canonical_correlations(normal(11, 6), normal(11, 5, seed=1))


def test_a_share_is_at_most_all():
    with pytest.raises(ValueError, match=r"`keep` must lie in \(0, 1\], got 1.5"):
        svcca(normal(9, 2), normal(9, 2), keep=1.5)
