"""A metric decides which directions are kept; the powers of the covariance interpolate."""

import numpy as np
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from ssl_theory.checks.strategies import embeddings
from ssl_theory.metric_aware_pca import Diagonal, Identity, Power, metric_aware_pca

METRICS = [Identity(), Diagonal(), Power(0.5), Power(1.0), Power(-1.0)]


def covariance(z):
    return np.cov(z.numpy(), rowvar=False).reshape(z.shape[1], -1)


@given(embeddings(min_dimension=2), st.sampled_from(METRICS))
def test_directions_solve_the_pencil_and_are_orthonormal_in_the_metric(z, metric):
    s = covariance(z)
    w, mu, m = metric_aware_pca(s, metric)
    size = np.abs(m @ w).max() * np.abs(mu).max()
    assert_allclose(s @ w, m @ w * mu, atol=1e-9 * size)
    assert_allclose(w.T @ m @ w, np.eye(len(s)), atol=1e-9)


@given(embeddings(min_dimension=2), st.floats(-1, 1))
def test_the_power_family_keeps_variances_to_the_one_minus_beta(z, beta):
    s = covariance(z)
    variances = np.linalg.eigvalsh(s)[::-1]
    expected = variances ** (1 - beta)
    assert_allclose(metric_aware_pca(s, Power(beta)).eigenvalues, expected, rtol=1e-6)


@given(embeddings(min_dimension=2))
def test_the_identity_is_principal_component_analysis(z):
    _, deviations, axes = np.linalg.svd((z - z.mean(0)).numpy(), full_matrices=False)
    solution = metric_aware_pca(covariance(z), Identity(), keep=1)
    assert_allclose(solution.eigenvalues, deviations[:1] ** 2 / (len(z) - 1))
    assert abs(axes[0] @ solution.directions[:, 0]) == pytest.approx(1)


@given(embeddings(min_dimension=2))
def test_the_diagonal_metric_gives_the_spectrum_of_the_correlations(z):
    correlations = np.corrcoef(z.numpy(), rowvar=False)
    spectrum = metric_aware_pca(covariance(z), Diagonal()).eigenvalues
    assert_allclose(spectrum, np.linalg.eigvalsh(correlations)[::-1], atol=1e-12)


@given(embeddings(min_dimension=2), st.floats(0.1, 10))
def test_only_the_diagonal_metric_ignores_units(z, unit):
    units = np.diag(unit ** np.arange(z.shape[1]))
    s = covariance(z)
    before, after = (metric_aware_pca(x, Diagonal()).eigenvalues for x in (s, units @ s @ units))
    assert_allclose(before, after, rtol=1e-6)


def test_principal_components_do_depend_on_units():
    s = np.diag([4.0, 1.0])
    units = np.diag([1.0, 10.0])
    before, after = (metric_aware_pca(x, Identity()).eigenvalues for x in (s, units @ s @ units))
    assert before.tolist() == [4, 1]
    assert after.tolist() == [100, 4]


@pytest.mark.parametrize("metric", [Identity(), Diagonal(), Power(2.0)])
def test_the_symbolic_metric_is_the_numeric_one(metric):
    s = np.array([[2.0, 0.5], [0.5, 1.0]])
    formula = metric.formula(sp.MatrixSymbol("S", 2, 2))
    number = formula.subs(sp.MatrixSymbol("S", 2, 2), sp.Matrix(s)).doit()
    assert_allclose(np.array(sp.Matrix(number).tolist(), float), metric(s))


@pytest.mark.parametrize(
    ("matrix", "message"),
    [
        (np.ones((2, 3)), r"must be a square matrix, got shape \(2, 3\)"),
        (np.array([[1.0, 2.0], [0.0, 1.0]]), "must be symmetric"),
        (np.diag([1.0, 0.0]), "must be positive definite"),
    ],
)
def test_says_which_covariance_it_wanted(matrix, message):
    with pytest.raises(ValueError, match=message):
        metric_aware_pca(matrix, Identity())


def test_says_how_many_directions_there_are():
    with pytest.raises(ValueError, match="between 1 and the dimension 2, got 3"):
        metric_aware_pca(np.eye(2), Identity(), keep=3)
