"""One formula, two readings: what a paper would print, and the number it stands for."""

import math

import numpy as np
import pytest
import sympy as sp

from ssl_theory import notation as nt
from ssl_theory.alignment import Gaussian, VonMisesFisher

Z = np.array([[1.0, 2.0], [3.0, -1.0], [0.5, 0.0]])
W = np.array([[0.0, 1.0], [2.0, 2.0], [-1.0, 1.0]])


def test_a_mean_of_inner_products_is_a_number():
    formula = nt.mean(nt.inner((nt.z, nt.i), (nt.w, nt.i)), nt.i)
    assert nt.evaluate(formula, Z, W) == pytest.approx((Z * W).sum() / 3)


def test_a_squared_distance_is_a_number():
    formula = nt.mean(nt.sq_dist((nt.z, nt.i), (nt.w, nt.i)), nt.i)
    assert nt.evaluate(formula, Z, W) == pytest.approx(((Z - W) ** 2).sum() / 3)


def test_covariances_open_to_those_of_numpy():
    expected = np.cov(Z, rowvar=False, ddof=0)
    for r in (1, 2):
        for c in (1, 2):
            entry = nt.evaluate(nt.covariance(nt.z, sp.Integer(r), sp.Integer(c)), Z, W)
            assert entry == pytest.approx(expected[r - 1, c - 1])
    log_det = nt.evaluate(nt.log_det_covariance(nt.z), Z, W)
    assert log_det == pytest.approx(math.log(np.linalg.det(expected)))


def test_a_neighbour_distance_opens_to_the_sorted_distances():
    # From the first row of Z the others lie at sqrt(13) and sqrt(4.25).
    for k, expected in ((1, math.sqrt(4.25)), (2, math.sqrt(13))):
        neighbours = nt.parameter("neighbours", k)
        distance = nt.neighbour_distance(nt.z, sp.Integer(1), neighbours)
        assert nt.evaluate(distance, Z, W) == pytest.approx(expected)


def test_a_parameter_carries_its_value_to_the_last_bit():
    third = 1 / 3
    assert nt.evaluate(nt.parameter("variance", third), Z, W) == third


def test_equal_letters_of_unequal_value_are_told_apart():
    row = (nt.w, nt.i)
    formulas = (VonMisesFisher(k).formula(row, given=(nt.z, nt.i)) for k in (2.0, 4.0))
    printed = nt.latex(sum(formulas))
    assert r"\kappa'" in printed
    assert r"\kappa " in printed


def test_a_formula_of_sizes_is_a_number():
    assert nt.number(nt.log(nt.n) / nt.d, 8, 3) == pytest.approx(math.log(8) / 3)
    assert nt.number(2, 8, 3) == 2
    shift = Gaussian(0.5).log_normaliser()
    assert nt.number(shift, 8, 3) == pytest.approx(-1.5 * math.log(math.pi))


def test_an_inner_sum_may_run_to_the_index_of_the_outer():
    pairs = sp.Sum(sp.Sum(nt.z[nt.i, 1] * nt.w[nt.j, 2], (nt.j, 1, nt.i - 1)), (nt.i, 1, nt.n))
    expected = sum(Z[i, 0] * W[j, 1] for i in range(3) for j in range(i))
    assert nt.evaluate(pairs, Z, W) == pytest.approx(expected)


def test_every_letter_is_asked_for_by_name():
    with pytest.raises(KeyError, match="no letter for parameter `wobble`; add one to"):
        nt.parameter("wobble", 1.0)


def test_an_array_stays_a_letter_on_paper_and_opens_to_its_entries():
    squares = nt.Entries("s", lambda views: views["w"] ** 2)
    total = nt.mean(nt.over_axes(squares[nt.i, nt.a], nt.a), nt.i)
    assert r"{s}_{i,a}" in nt.latex(total)
    assert nt.evaluate(total, Z, W) == pytest.approx((W**2).sum() / 3)


def test_a_view_that_no_gradient_reaches_has_the_same_numbers():
    formula = nt.mean(nt.sq_dist((nt.z, nt.i), (nt.still, nt.i)), nt.i)
    assert nt.evaluate(formula, Z, W) == 0
    assert r"\operatorname{sg}" in nt.latex(formula)


def test_the_trace_of_the_logarithm_of_a_matrix_is_its_log_determinant():
    entry = nt.covariance(nt.w, nt.a, nt.b)
    formula = nt.spectral_trace(nt.log(nt.eigenvalue), entry)
    log_det = np.linalg.slogdet(np.cov(W.T, ddof=0)).logabsdet
    assert nt.evaluate(formula, Z, W) == pytest.approx(log_det)
    assert nt.evaluate(nt.log_det_covariance(nt.w), Z, W) == pytest.approx(log_det)
    assert r"\operatorname{tr}\left(\log{\left(\left[\hat\Sigma" in nt.latex(formula)


def test_views_side_by_side_have_one_covariance():
    views = np.random.default_rng(0).standard_normal((2, 9, 2))
    expected = np.linalg.slogdet(np.cov(np.hstack(views).T, ddof=0)).logabsdet
    assert nt.evaluate(nt.log_det_covariance(nt.z, nt.w), *views) == pytest.approx(expected)


def test_a_hypergeometric_function_is_a_logarithm():
    formula = nt.hypergeometric((1, 1), (2,), 1 / (1 + nt.d))
    assert nt.number(formula, 5, 2) == pytest.approx(-3 * math.log(2 / 3))


def test_directions_forget_lengths():
    formula = nt.of_directions(nt.mean(nt.inner((nt.z, nt.i), (nt.w, nt.i)), nt.i))
    cosines = (Z * W).sum(1) / np.linalg.norm(Z, axis=1) / np.linalg.norm(W, axis=1)
    assert nt.evaluate(formula, Z, W) == pytest.approx(cosines.mean())
