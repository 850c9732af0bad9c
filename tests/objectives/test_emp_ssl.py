"""Tong, Chen, Ma and LeCun (2023): many patches, here two."""

import numpy as np
import pytest
from hypothesis import given

from ssl_theory.checks.strategies import pairs
from ssl_theory.objectives import emp_ssl
from tests.oracles.second_order import EMP_SSL
from tests.oracles.two_views import two_views


def unit(x):
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def rate(z, distortion):
    # The authors' matrix has one row per item here; the determinant is the same.
    n, d = z.shape
    return np.linalg.slogdet(np.eye(n) + d / (n * distortion) * z @ z.T).logabsdet / 2


@pytest.mark.parametrize("weight", [200.0, 3.0])
@given(pair=pairs())
def test_it_publishes_the_loss_of_the_authors_code(weight, pair):
    patches = [unit(x.numpy()) for x in pair]
    mean = unit(sum(patches))
    expected = 0
    for patch in patches:
        similarity = np.mean([a @ b for a, b in zip(patch, mean, strict=True)])
        expected -= (rate(patch, 0.2) + weight * similarity) / 2
    ours = emp_ssl(weight, 0.2).published(*pair).item()
    assert ours == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_lightly_adds_the_rates_that_the_authors_subtract():
    views = two_views()
    rates = sum(rate(unit(x.numpy()), 0.2) for x in views) / 2
    ours = emp_ssl().published(*views).item()
    assert ours + 2 * rates == pytest.approx(EMP_SSL, abs=1e-9)
