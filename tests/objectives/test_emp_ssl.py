"""Tong, Chen, Ma and LeCun (2023): many patches, here two."""

import numpy as np
import pytest
from hypothesis import given

from ssl_theory.checks.strategies import pairs
from ssl_theory.objectives import emp_ssl


def unit(x):
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def rate(z, distortion):
    # The authors' matrix has one row per item here; the determinant is the same.
    n, d = z.shape
    return np.linalg.slogdet(np.eye(n) + d / (n * distortion) * z @ z.T).logabsdet / 2


@pytest.mark.parametrize("weight", [200.0, 3.0])
@given(pair=pairs())
def test_it_publishes_its_equation(weight, pair):
    patches = [unit(x.numpy()) for x in pair]
    mean = sum(patches) / 2
    expected = 0
    for patch in patches:
        similarity = np.mean([a @ b for a, b in zip(patch, mean, strict=True)])
        expected -= (rate(patch, 0.2) + weight * similarity) / 2
    ours = emp_ssl(weight, 0.2).published(*pair).item()
    assert ours == pytest.approx(expected, rel=1e-9, abs=1e-9)


@given(pairs())
def test_the_authors_code_takes_the_root_of_each_similarity(pair):
    # It divides by the length of the mean, which is sqrt((1 + cos) / 2) as well.
    one, two = (unit(x.numpy()) for x in pair)
    mean = (one + two) / 2
    equation = np.sum(one * mean + two * mean, axis=1) / 2
    code = np.sum(one * unit(mean), axis=1)
    np.testing.assert_allclose(code**2, equation, rtol=1e-9)
