"""Zhai et al. (2023): a coin per pair, in the steps of the paper's algorithm 1."""

import numpy as np
import pytest
import torch
from hypothesis import given
from scipy.special import log_expit
from torch.nn.functional import binary_cross_entropy_with_logits, normalize

from ssl_theory.checks.strategies import pairs
from ssl_theory.objectives import info_nce, siglip
from tests.oracles.contrastive import SIGLIP
from tests.oracles.two_views import two_views

SETTINGS = [(0.1, -10.0), (1.0, 0.5), (0.02, 3.0)]


@pytest.mark.parametrize(("temperature", "bias"), SETTINGS)
@given(pair=pairs())
def test_it_publishes_algorithm_1(temperature, bias, pair):
    image, text = (x.numpy() / np.linalg.norm(x.numpy(), axis=1, keepdims=True) for x in pair)
    logits = image @ text.T / temperature + bias
    signs = 2 * np.eye(len(image)) - 1
    expected = -np.sum(log_expit(signs * logits)) / len(image)
    ours = siglip(temperature, bias).published(*pair).item()
    assert ours == pytest.approx(expected, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(("temperature", "bias"), SETTINGS)
@given(pair=pairs())
def test_it_publishes_n_times_the_binary_cross_entropy_of_torch(temperature, bias, pair):
    z, w = (normalize(x) for x in pair)
    n = len(z)
    logits = z @ w.T / temperature + bias
    theirs = n * binary_cross_entropy_with_logits(logits, torch.eye(n, dtype=z.dtype))
    ours = siglip(temperature, bias).published(*pair)
    torch.testing.assert_close(ours, theirs, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize(("temperature", "bias"), SETTINGS)
@given(pair=pairs())
def test_it_is_above_info_nce_at_every_bias(temperature, bias, pair):
    # The product of 1 + e^s over a row is at least the sum of e^s, whatever is added to all s.
    ours, softmax = siglip(temperature, bias), info_nce(temperature)
    assert ours.published(*pair) >= softmax.published(*pair) - 1e-9


def test_it_is_the_number_of_open_clip():
    assert siglip().published(*two_views()).item() == pytest.approx(SIGLIP, abs=1e-9)
