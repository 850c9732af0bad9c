"""Ermolov et al. (2021): distances of whitened, normalised views."""

import numpy as np
import pytest
from hypothesis import given

from ssl_theory.checks.strategies import pairs
from ssl_theory.objectives import w_mse
from tests.oracles.second_order import W_MSE
from tests.oracles.two_views import two_views


def whitened(z):
    inverse = np.linalg.inv(np.linalg.cholesky(np.cov(z.T)))
    return np.array([inverse @ (row - z.mean(0)) for row in z])


@given(pairs())
def test_it_publishes_the_distance_of_whitened_and_normalised_rows(pair):
    z, w = (whitened(x.numpy()) for x in pair)
    units = [x / np.linalg.norm(x, axis=1, keepdims=True) for x in (z, w)]
    expected = np.mean(np.sum((units[0] - units[1]) ** 2, axis=1))
    assert w_mse().published(*pair).item() == pytest.approx(expected, rel=1e-9, abs=1e-9)


@given(pairs())
def test_no_common_unit_of_an_axis_matters(pair):
    z, w = pair
    d = z.shape[1]
    units = np.arange(1, d + 1)
    moved = [x * x.new_tensor(units) + 5 for x in (z, w)]
    assert w_mse()(*moved).total.item() == pytest.approx(w_mse()(z, w).total.item(), abs=1e-9)


def test_it_publishes_the_number_of_lightly():
    assert w_mse().published(*two_views()).item() == pytest.approx(W_MSE, abs=1e-9)
