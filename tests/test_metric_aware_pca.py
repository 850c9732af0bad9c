"""A metric decides which directions are kept, and whether units do."""

import numpy as np
import pytest
import scipy.linalg
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from ssl_theory.checks.strategies import collapsed_embeddings, embeddings
from ssl_theory.metric_aware_pca import equivariance_error, metric_aware_pca
from ssl_theory.metrics import (
    CorrelationPower,
    Custom,
    Diagonal,
    Identity,
    Power,
    Ridge,
    Within,
)


def covariance(z):
    return np.cov(z.numpy(), rowvar=False).reshape(z.shape[1], -1)


def positive(d):
    """A fixed symmetric positive definite matrix that is no function of any covariance."""
    noise = np.random.default_rng(d).standard_normal((d, d))
    return noise @ noise.T / d + np.eye(d)


def slow_and_fast(d):
    """A pattern whose entrywise product with S leaves a positive definite part of S over."""
    return 0.8 - np.diag(np.arange(1, d + 1) / (d + 1))


def metrics(d):
    return [
        Identity(),
        Diagonal(),
        Power(0.5),
        Power(1.0),
        Power(-1.0),
        Power(2.0),
        CorrelationPower(0.5),
        CorrelationPower(1.5),
        Custom(positive(d)),
        Ridge(Power(0.5), 0.1),
        Ridge(Diagonal(), 0.1),
    ]


any_metric = st.integers(0, len(metrics(1)) - 1)


@given(embeddings(), any_metric)
def test_directions_solve_the_pencil_and_are_orthonormal_in_the_metric(z, which):
    s, metric = covariance(z), metrics(z.shape[1])[which]
    solution = metric_aware_pca(s, metric)
    w, mu, m = solution.directions, solution.eigenvalues, solution.metric
    ours, theirs = metric.effective(s) @ w, m @ w * mu
    assert_allclose(ours / np.linalg.norm(ours, axis=0), theirs / np.linalg.norm(ours, axis=0),
                    atol=1e-7)  # fmt: skip
    assert_allclose(w.T @ m @ w, np.eye(len(s)), atol=1e-7)


@given(embeddings(), any_metric)
def test_one_eigendecomposition_agrees_with_the_pencil_of_lapack(z, which):
    s, metric = covariance(z), metrics(z.shape[1])[which]
    pencil = scipy.linalg.eigvalsh(metric.effective(s), metric(s))[::-1]
    assert_allclose(metric_aware_pca(s, metric).spectrum, pencil, rtol=1e-6, atol=1e-9 * pencil[0])


@given(embeddings(min_dimension=2), any_metric)
def test_no_feasible_encoder_keeps_more(z, which):
    s, metric = covariance(z), metrics(z.shape[1])[which]
    effective = metric.effective(s)
    best = metric_aware_pca(s, metric, keep=1).eigenvalues.sum()
    for w in np.random.default_rng(0).standard_normal((20, len(s))):
        assert w @ effective @ w / (w @ metric(s) @ w) <= best * (1 + 1e-9)


@given(embeddings(min_dimension=2))
def test_the_identity_is_principal_component_analysis(z):
    _, deviations, axes = np.linalg.svd((z - z.mean(0)).numpy(), full_matrices=False)
    solution = metric_aware_pca(covariance(z), Identity(), keep=1)
    assert_allclose(solution.eigenvalues, deviations[:1] ** 2 / (len(z) - 1))
    assert abs(axes[0] @ solution.directions[:, 0]) == pytest.approx(1)


@given(embeddings(min_dimension=2), any_metric)
def test_scores_are_uncorrelated_with_the_eigenvalues_as_variances(z, which):
    s, metric = covariance(z), metrics(z.shape[1])[which]
    solution = metric_aware_pca(s, metric)
    w, mu = solution.directions, solution.eigenvalues
    scores = w.T @ metric.effective(s) @ w
    assert_allclose(scores, np.diag(mu), rtol=1e-6, atol=1e-8 * mu[0])


@given(embeddings(), st.floats(-1, 1))
def test_the_condition_number_of_a_power(z, beta):
    s = covariance(z)
    variances = np.linalg.eigvalsh(s)
    expected = (variances[-1] / variances[0]) ** abs(1 - beta)
    assert metric_aware_pca(s, Power(beta)).condition_number == pytest.approx(expected, rel=1e-6)
    assert metric_aware_pca(s, Power(2 - beta)).condition_number == pytest.approx(expected, 1e-6)


def test_whitening_prefers_no_direction_and_says_so():
    s = np.diag([4.0, 2.0, 1.0])
    solution = metric_aware_pca(s, Power(1), keep=2)
    assert solution.degenerate
    assert not solution.determined
    assert "degenerate: all eigenvalues agree" in str(solution)
    rotated = np.diag([1 / 2, 1 / np.sqrt(2), 1]) @ np.linalg.qr(positive(3))[0][:, :2]
    assert_allclose(rotated.T @ s @ rotated, np.eye(2), atol=1e-12)
    assert_allclose(np.trace(rotated.T @ s @ rotated), solution.eigenvalues.sum())
    # The one reported is the limit of the powers below one: principal components, whitened.
    limit = metric_aware_pca(s, Power(1 - 1e-9), keep=2).directions
    assert_allclose(solution.directions, limit, rtol=1e-8)


def test_beyond_whitening_the_weakest_directions_come_first():
    s = np.diag([4.0, 2.0, 1.0])
    first = metric_aware_pca(s, Power(1.5), keep=1).directions[:, 0]
    assert first.tolist() == [0, 0, 1]


def test_the_gap_is_what_separates_the_kept_from_the_left_out():
    s = np.diag([4.0, 3.0, 3.0, 1.0])
    solutions = [metric_aware_pca(s, Identity(), keep=k) for k in (1, 2, 3, 4)]
    assert [x.gap for x in solutions] == [0.25, 0.0, 0.5, np.inf]
    assert [x.determined for x in solutions] == [True, False, True, True]
    assert "undetermined: the last direction kept ties" in str(solutions[1])


@given(embeddings(min_dimension=2), st.integers(0, 2**16))
def test_equivariant_metrics_ignore_units_and_the_others_do_not(z, seed):
    s, d = covariance(z), z.shape[1]
    units = np.exp(np.random.default_rng(seed).standard_normal(d) * 2)
    moved = s * np.outer(units, units)
    gamma = s * slow_and_fast(d)
    there = Within(gamma * np.outer(units, units))
    for metric, after in [*((m, m) for m in metrics(d)), (Within(gamma), there)]:
        if metric.equivariant:
            assert equivariance_error(metric, s, units, moved=after) < 1e-9
            before = metric_aware_pca(s, metric)
            after = metric_aware_pca(moved, after)
            assert_allclose(after.spectrum, before.spectrum, rtol=1e-10, atol=1e-10)
    assert {equivariance_error(m, s, units) > 1e-3 for m in metrics(d) if not m.equivariant} == {
        True
    }


def test_scores_of_equivariant_metrics_ignore_units():
    x = np.random.default_rng(0).standard_normal((50, 3)) @ positive(3)
    units = np.array([1e3, 1.0, 1e-1])
    s = np.cov(x, rowvar=False)
    for metric in (Diagonal(), CorrelationPower(0.5), CorrelationPower(-1)):
        before, after = (
            data @ metric_aware_pca(np.cov(data, rowvar=False), metric).directions
            for data in (x, x * units)
        )
        signs = np.sign((before * after).sum(0))
        assert_allclose(after * signs, before, atol=1e-10 * np.abs(before).max())
    assert metric_aware_pca(s, Identity()).condition_number != pytest.approx(
        metric_aware_pca(s * np.outer(units, units), Identity()).condition_number
    )


@given(embeddings(min_dimension=2), st.floats(-1, 2), st.integers(0, 2**16))
def test_units_multiply_the_spectrum_of_a_power_by_a_determinant(z, beta, seed):
    s, d = covariance(z), z.shape[1]
    units = np.exp(np.random.default_rng(seed).standard_normal(d) / 2)
    before, after = (
        np.log(metric_aware_pca(x, Power(beta)).spectrum).sum()
        for x in (s, s * np.outer(units, units))
    )
    assert after - before == pytest.approx(2 * (1 - beta) * np.log(units).sum(), abs=1e-6)


@pytest.mark.parametrize("beta", [-1.0, 0.0, 0.3, 1.0, 1.7])
def test_units_move_the_spectrum_of_a_power_by_the_quadratic_formula(beta):
    (a, b), (_, c) = s = np.array([[2.0, 0.7], [0.7, 1.0]])
    for p, q in np.random.default_rng(0).uniform(0.1, 10, size=(20, 2)):
        trace, determinant = p * p * a + q * q * c, (p * q) ** 2 * (a * c - b * b)
        root = np.sqrt(trace**2 / 4 - determinant)
        moved = np.array([trace / 2 + root, determinant / (trace / 2 + root)]) ** (1 - beta)
        solution = metric_aware_pca(s * np.outer([p, q], [p, q]), Power(beta))
        assert_allclose(solution.spectrum, np.sort(moved)[::-1], rtol=1e-10)


@given(collapsed_embeddings(), any_metric)
def test_a_singular_covariance_is_solved_on_its_range(case, which):
    z, rank = case
    s, metric = covariance(z), metrics(z.shape[1])[which]
    if not s.any():
        return
    if isinstance(metric, Ridge):  # which lifts whatever there is, even nothing
        assert metric_aware_pca(s, metric).rank == len(s)
        return
    if rank == 0:
        with pytest.raises(ValueError, match="must hold some variance"):
            metric_aware_pca(np.zeros_like(s), metric)
        return
    solution = metric_aware_pca(s, metric)
    assert solution.rank == rank
    if isinstance(metric, Identity | Diagonal | Custom):  # every direction has a length
        regular = scipy.linalg.eigvalsh(s, metric(s))[::-1][:rank]
    else:  # the metric is singular too: on an orthonormal basis of the range neither is
        values, axes = np.linalg.eigh(s)
        axes = axes[:, -rank:]
        regular = scipy.linalg.eigvalsh(np.diag(values[-rank:]), axes.T @ metric(s) @ axes)[::-1]
    assert_allclose(solution.spectrum, regular, rtol=1e-6, atol=1e-9 * regular[0])


@pytest.mark.parametrize(
    ("beta", "expected"), [(0.0, [4, 1]), (0.5, [2, 1]), (1.0, [1, 1]), (-1.0, [16, 1])]
)
def test_powers_of_a_singular_covariance(beta, expected):
    solution = metric_aware_pca(np.diag([4.0, 0.0, 1.0]), Power(beta))
    assert solution.spectrum.tolist() == expected
    assert solution.directions[1].tolist() == [0, 0]


def test_a_ridge_lifts_both_sides():
    s, strength = np.diag([4.0, 1.0, 0.0]), 0.25
    solution = metric_aware_pca(s, Ridge(Power(0.5), strength))
    assert_allclose(solution.spectrum, np.sqrt([4.25, 1.25, 0.25]))


def test_features_without_variance_get_no_loading():
    s = np.zeros((3, 3))
    s[::2, ::2] = [[2.0, 0.5], [0.5, 1.0]]
    for metric in (Identity(), Diagonal(), CorrelationPower(0.5), Power(-1)):
        solution = metric_aware_pca(s, metric)
        assert solution.rank == 2
        assert solution.directions[1].tolist() == [0, 0]
        alone = metric_aware_pca(s[::2, ::2], metric)
        assert_allclose(solution.spectrum, alone.spectrum)


def test_duplicated_features_add_no_direction():
    x = np.random.default_rng(0).standard_normal((30, 3))
    s = np.cov(np.hstack([x, x[:, :1]]), rowvar=False)
    for metric in (Identity(), Diagonal(), CorrelationPower(-1), Power(0.5)):
        assert metric_aware_pca(s, metric).rank == 3


def test_fewer_items_than_features_leave_their_number_less_one():
    x = np.random.default_rng(0).standard_normal((5, 20))
    for metric in (Identity(), Diagonal(), CorrelationPower(0.5), Power(-1)):
        assert metric_aware_pca(np.cov(x, rowvar=False), metric).rank == 4


def test_one_feature_is_its_own_component():
    assert metric_aware_pca([[9.0]], Identity()).spectrum.tolist() == [9]
    assert metric_aware_pca([[9.0]], Diagonal()).spectrum.tolist() == [1]
    solution = metric_aware_pca([[9.0]], Power(0.5))
    assert solution.spectrum.tolist() == [3]
    assert solution.condition_number == 1
    assert not solution.degenerate


def test_units_a_trillion_apart_cost_an_equivariant_metric_nothing():
    s = positive(4)
    units = np.array([1.0, 1e12, 1e-12, 1e6])
    scale, gamma = np.outer(units, units), s * slow_and_fast(4)
    for metric, moved in [
        (Diagonal(), Diagonal()),
        (CorrelationPower(0.5), CorrelationPower(0.5)),
        (Within(gamma), Within(gamma * scale)),
    ]:
        before = metric_aware_pca(s, metric)
        after = metric_aware_pca(s * scale, moved)
        assert_allclose(after.spectrum, before.spectrum, rtol=1e-10)
        expected = before.directions / units[:, None]
        signs = np.sign((expected * after.directions * units[:, None] ** 2).sum(0))
        assert_allclose(after.directions * signs * units[:, None], before.directions, atol=1e-9)


def test_units_a_trillion_apart_are_refused_where_float64_cannot_follow():
    s = positive(4)
    units = np.array([1.0, 1e12, 1.0, 1.0])
    moved = s * np.outer(units, units)
    with pytest.raises(ValueError, match="has rank 4, but in these units 3 of its directions are"):
        metric_aware_pca(moved, Identity())
    strongest = metric_aware_pca(moved, Identity(), keep=1)
    assert strongest.eigenvalues[0] == pytest.approx(s[1, 1] * 1e24)


@pytest.mark.parametrize(
    ("matrix", "message"),
    [
        (np.ones((2, 3)), r"must be a square matrix, got shape \(2, 3\)"),
        (np.array([[1.0, 0.2], [0.0, 1.0]]), "must be symmetric"),
        (np.array([[1.0, np.nan], [np.nan, 1.0]]), "must be finite, got NaN or infinity"),
        (np.diag([1.0, -1.0]), "must be positive semidefinite, got an entry beyond"),
        (np.array([[1.0, 2.0], [2.0, 1.0]]), "must be positive semidefinite, got an entry"),
        (1.5 * np.eye(3) - 0.75, "correlations with an eigenvalue of -1"),
        (np.zeros((2, 2)), "must hold some variance, got zeros"),
    ],
)
def test_says_which_covariance_it_wanted(matrix, message):
    if "eigenvalue" in message:
        matrix = np.eye(3) * 2 - 1  # unit variances, correlations all -1
    with pytest.raises(ValueError, match=message):
        metric_aware_pca(matrix, Identity())


def test_says_how_many_directions_there_are():
    with pytest.raises(ValueError, match="between 1 and the dimension 2, got 3"):
        metric_aware_pca(np.eye(2), Identity(), keep=3)
    with pytest.raises(ValueError, match="at most the rank 1 of the covariance, got 2"):
        metric_aware_pca(np.diag([1.0, 0.0]), Identity(), keep=2)


def test_a_metric_without_length_is_refused():
    with pytest.raises(ValueError, match="`metric` must be positive definite on the range"):
        metric_aware_pca(np.eye(2), Custom(np.diag([1.0, 0.0])))
