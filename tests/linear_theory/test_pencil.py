"""The pencil of a pair: what no choice of coordinates changes."""

import numpy as np
import pytest
import scipy.linalg
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from ssl_theory.checks.strategies import pairs
from ssl_theory.linear_theory import pencil
from ssl_theory.moments import PairMoments
from ssl_theory.processes.gaussian_pairs import GaussianPairs

PROCESS = GaussianPairs((3.0, 1.0, 0.2), (0.9, -0.4, 0.3), mixing_seed=2)


@given(pairs())
def test_it_is_the_generalised_eigenproblem_of_lapack(pair):
    sigma, gamma = PairMoments.of(*(v.numpy() for v in pair)).exchangeable()
    solved = pencil(sigma, gamma)
    v, rho = solved.directions, solved.autocorrelations
    assert_allclose(rho, scipy.linalg.eigvalsh(gamma, sigma)[::-1], atol=1e-7)
    assert_allclose(v.T @ sigma @ v, np.eye(len(rho)), atol=1e-7)
    assert_allclose(v.T @ gamma @ v, np.diag(rho), atol=1e-7)


@given(st.integers(0, 2**16))
def test_autocorrelations_do_not_depend_on_coordinates(seed):
    mix = np.random.default_rng(seed).standard_normal((3, 3)) + 3 * np.eye(3)
    moved = pencil(mix @ PROCESS.covariance @ mix.T, mix @ PROCESS.cross_covariance @ mix.T)
    assert_allclose(moved.autocorrelations, [0.9, 0.3, -0.4], atol=1e-10)
    assert moved.mutual_information == pytest.approx(PROCESS.mutual_information)
    assert_allclose(moved.distances, [0.2, 1.4, 2.8], atol=1e-10)


def test_units_a_trillion_apart_cost_nothing():
    units = np.diag([1e-12, 1.0, 1e12])
    moved = pencil(units @ PROCESS.covariance @ units, units @ PROCESS.cross_covariance @ units)
    assert_allclose(moved.autocorrelations, [0.9, 0.3, -0.4], atol=1e-10)


def test_what_does_not_vary_is_left_out():
    wide = np.zeros((4, 3))
    wide[:3] = np.eye(3)
    wide[3, 0] = 1.0  # a copy of the first feature
    wide = np.vstack([wide, np.zeros(3)])  # and a constant
    solved = pencil(wide @ PROCESS.covariance @ wide.T, wide @ PROCESS.cross_covariance @ wide.T)
    assert_allclose(solved.autocorrelations, [0.9, 0.3, -0.4], atol=1e-10)
    assert solved.directions[4].tolist() == [0, 0, 0]


@given(st.integers(0, 2**16))
def test_as_many_directions_as_vary_however_many_features_show_them(seed):
    wide = np.random.default_rng(seed).standard_normal((8, 3))
    solved = pencil(wide @ PROCESS.covariance @ wide.T, wide @ PROCESS.cross_covariance @ wide.T)
    assert_allclose(solved.autocorrelations, [0.9, 0.3, -0.4], atol=1e-8)


def test_one_feature():
    assert pencil([[4.0]], [[2.0]]).autocorrelations.tolist() == [0.5]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((np.eye(2),), r"must come with `cross_covariance`, got it alone in shape \(2, 2\)"),
        ((np.eye(2), np.eye(3)), r"`cross_covariance` must be a square matrix, one row per feat"),
        ((np.eye(2), [[0.5, np.nan], [0.0, 0.5]]), "`cross_covariance` must be finite"),
        ((np.eye(2), [[0.5, 0.2], [0.0, 0.5]]), "must be symmetric, as it is if views are excha"),
        ((np.zeros((2, 2)), np.zeros((2, 2))), "must hold some variance, got zeros"),
        (([0.5, 1.5],), r"a canonical autocorrelation of 1\.5: a correlation is at most 1"),
    ],
)
def test_says_what_it_wanted(arguments, message):
    with pytest.raises(ValueError, match=message):
        pencil(*arguments)
