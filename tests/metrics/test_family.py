"""Each metric is the matrix its formula says, and knows whether it forgets units."""

import numpy as np
import pytest
import sympy as sp
from numpy.testing import assert_allclose

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

S = np.array([[2.0, 0.5], [0.5, 1.0]])
GAMMA = np.array([[0.8, 0.1], [0.1, -0.2]])
FAMILY = [
    Identity(),
    Diagonal(),
    Power(0.5),
    Power(1),
    Power(-1),
    CorrelationPower(0.5),
    CorrelationPower(0),
    Within(GAMMA),
    Custom([[2.0, 1.0], [1.0, 3.0]]),
    Ridge(Power(0.5), 0.25),
    Ridge(Diagonal(), 0.25),
]


@pytest.mark.parametrize("metric", FAMILY, ids=str)
def test_the_symbolic_metric_is_the_numeric_one(metric):
    symbol, gamma = sp.MatrixSymbol("S", 2, 2), sp.MatrixSymbol("Gamma", 2, 2)
    formula = metric.formula(symbol).subs(
        {symbol: sp.ImmutableMatrix(S), gamma: sp.ImmutableMatrix(GAMMA)}
    )
    number = np.array(sp.Matrix(formula.doit()).evalf(20).tolist(), dtype=complex)
    assert_allclose(number, metric(S), atol=1e-12)


@pytest.mark.parametrize("metric", FAMILY, ids=str)
def test_a_metric_is_equivariant_if_it_says_so_and_has_a_witness_if_not(metric):
    errors = []
    for units in np.random.default_rng(0).uniform(0.1, 10, size=(10, 2)):
        moved = Within(GAMMA * np.outer(units, units)) if isinstance(metric, Within) else metric
        errors.append(equivariance_error(metric, S, units, moved=moved))
    assert metric.equivariant == (max(errors) < 1e-10)


@pytest.mark.parametrize("metric", FAMILY, ids=str)
def test_a_spectral_metric_is_that_function_of_its_matrix(metric):
    units = np.sqrt(S.diagonal()) if metric.standardises else np.ones(2)
    values, axes = np.linalg.eigh(metric.effective(S) / np.outer(units, units))
    lengths = metric.spectral(values)
    if lengths is not None:
        assert_allclose((axes * lengths) @ axes.T * np.outer(units, units), metric(S), atol=1e-12)


def test_the_ends_of_the_two_families_of_powers():
    assert_allclose(Power(0)(S), Identity()(S), atol=1e-15)
    assert_allclose(CorrelationPower(0)(S), Diagonal()(S), atol=1e-15)
    assert_allclose(Power(1)(S), S)
    assert_allclose(CorrelationPower(1)(S), S)


def test_two_features_of_equal_units_give_one_plus_and_minus_their_correlation():
    r = S[0, 1] / np.sqrt(S[0, 0] * S[1, 1])
    assert_allclose(metric_aware_pca(S, Diagonal()).spectrum, [1 + abs(r), 1 - abs(r)])
    # The first axis, in units of the features, is the diagonal regression of Frisch.
    axis = S @ metric_aware_pca(S, Diagonal(), keep=1).directions[:, 0]
    assert axis[1] / axis[0] == pytest.approx(np.sqrt(S[1, 1] / S[0, 0]))


def test_the_within_metric_finds_the_slowest_direction_first():
    s, gamma = np.diag([9.0, 1.0]), np.diag([0.9, 0.8])  # rho = 0.1 and 0.8
    solution = metric_aware_pca(s, Within(gamma))
    assert_allclose(solution.spectrum, [1 / (2 * 0.2), 1 / (2 * 0.9)])
    assert solution.directions[0, 0] == 0


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Power(np.inf), "`beta` must be finite, got inf"),
        (lambda: CorrelationPower(np.nan), "`beta` must be finite, got nan"),
        (lambda: Ridge(Identity(), 0.0), r"`strength` must be positive and finite, got 0\.0"),
        (lambda: Custom(np.ones((2, 3))), r"`matrix` must be square, got shape \(2, 3\)"),
        (lambda: Custom([[1.0, 1.0], [0.0, 1.0]]), "`matrix` must be symmetric"),
        (lambda: Custom(np.eye(3))(S), r"`matrix` must have the shape \(2, 2\)"),
        (lambda: Within(np.ones((2, 3))), "`cross_covariance` must be a square matrix"),
        (lambda: Within([[1.0, 1.0], [0.0, 1.0]]), "`cross_covariance` must be symmetric"),
    ],
)
def test_says_what_it_wanted(make, message):
    with pytest.raises(ValueError, match=message):
        make()
