"""The categorical model is a probability of codes, and its surprise a cross-entropy."""

import pytest
import torch
from hypothesis import given
from torch.nn.functional import cross_entropy, one_hot

from ssl_theory.alignment import Categorical
from ssl_theory.checks.strategies import pairs
from ssl_theory.codes import Largest, Softmax


@given(pairs())
def test_the_probabilities_of_all_codes_sum_to_one(pair):
    z, _ = pair
    n, d = z.shape
    each = one_hot(torch.arange(d), d).to(z)
    log_density = Categorical(0.3, Largest()).log_density(each[:, None], given=z[None])
    assert log_density.shape == (d, n)
    torch.testing.assert_close(log_density.exp().sum(0), torch.ones(n, dtype=z.dtype))


@given(pairs())
def test_its_mean_surprise_is_torchs_cross_entropy_with_soft_labels(pair):
    z, w = pair
    ours = -Categorical(0.3, Softmax(0.5)).log_density(w, given=z).mean()
    torch.testing.assert_close(ours, cross_entropy(z / 0.3, (w / 0.5).softmax(1)))


@given(pairs())
def test_its_mean_surprise_is_torchs_cross_entropy_with_labels(pair):
    z, w = pair
    ours = -Categorical(0.3, Largest()).log_density(w, given=z).mean()
    torch.testing.assert_close(ours, cross_entropy(z / 0.3, w.argmax(1)))


@given(pairs())
def test_no_prediction_beats_the_code_itself(pair):
    z, w = pair
    model = Categorical(0.3, Softmax(0.3))
    assert (model.log_density(w, given=z) <= model.log_density(w, given=w) + 1e-12).all()


def test_it_says_which_temperature_it_wants():
    with pytest.raises(ValueError, match=r"`temperature` must be positive, got -1\.0"):
        Categorical(-1.0, Largest())
