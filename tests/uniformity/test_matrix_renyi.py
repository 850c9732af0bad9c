"""The Renyi entropy of a spectrum is the logarithm of how many directions are in use."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import entropy

from ssl_theory import notation as nt
from ssl_theory.checks.samples import example
from ssl_theory.checks.strategies import embeddings
from ssl_theory.diagnostics.rank import hill_number
from ssl_theory.symmetries import Symmetry
from ssl_theory.uniformity import MatrixRenyi
from tests.uniformity.laws import LAWS, estimates

ORDERS = [0.5, 1.0, 2.0, 3.0]


@given(embeddings(), st.sampled_from(ORDERS))
def test_is_the_logarithm_of_a_hill_number(z, order):
    shares = np.linalg.eigvalsh((z.T @ z).numpy())
    expected = math.log(hill_number(shares / shares.sum(), order))
    assert MatrixRenyi(order).entropy(z, given=z).item() == pytest.approx(expected, abs=1e-9)


@given(embeddings())
def test_order_one_is_shannons(z):
    shares = np.linalg.eigvalsh((z.T @ z).numpy())
    assert MatrixRenyi(1.0).entropy(z, given=z).item() == pytest.approx(entropy(shares), abs=1e-9)


@given(embeddings())
def test_order_two_is_minus_the_log_of_a_squared_frobenius_norm(z):
    moment = (z.T @ z).numpy()
    expected = -2 * math.log(np.linalg.norm(moment / np.trace(moment)))
    assert MatrixRenyi(2.0).entropy(z, given=z).item() == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("order", ORDERS)
def test_equal_axes_have_the_most(order):
    w = torch.eye(5, dtype=torch.float64)
    assert MatrixRenyi(order).entropy(w, given=w).item() == pytest.approx(math.log(5), abs=1e-12)


@pytest.mark.parametrize("order", ORDERS)
def test_of_gaussian_items_it_tends_to_that_of_their_covariance(order):
    mixing = np.array([[0.8, 0.5], [0.0, 0.8]])
    shares = np.linalg.eigvalsh(mixing.T @ mixing)
    expected = math.log(hill_number(shares / shares.sum(), order))
    found = estimates(MatrixRenyi(order), LAWS["gaussian 2"], items=4000, batches=10)
    error = found.std().item() / math.sqrt(10)
    assert error < 0.01
    assert abs(found.mean().item() - expected) < 5 * error


@pytest.mark.parametrize("order", ORDERS)
def test_the_formula_is_the_code(order):
    z, w = example(6, 3)
    ours = MatrixRenyi(order).entropy(w, given=z).item()
    paper = nt.evaluate(MatrixRenyi(order).formula(), z.numpy(), w.numpy())
    assert paper == pytest.approx(ours, abs=1e-12)


def test_it_wants_a_positive_order():
    with pytest.raises(ValueError, match="`order` must be positive, got 0"):
        MatrixRenyi(0)


def test_the_unit_of_length_is_declared_and_found_to_be_of_no_account():
    w = torch.randn(9, 4, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    part = MatrixRenyi(2.0)
    assert Symmetry.SCALE in part.symmetries
    assert part.entropy(8 * w, given=w).item() == pytest.approx(part.entropy(w, given=w).item())
