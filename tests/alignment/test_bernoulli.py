"""The Bernoulli model is a probability of words of bits."""

import itertools

import pytest
import torch
from hypothesis import given
from torch.nn.functional import binary_cross_entropy_with_logits

from ssl_theory.alignment import Bernoulli, Categorical
from ssl_theory.checks import conformance
from ssl_theory.checks.strategies import pairs
from ssl_theory.codes import Softmax
from ssl_theory.latent_distribution_matching import Objective
from ssl_theory.uniformity import StopGradient

MODEL = Bernoulli(0.5, 0.3)
PREDICTING = Objective("bits", MODEL, StopGradient(MODEL), "mikulasch2026ldm", both_ways=False)


@pytest.mark.parametrize("check", list(conformance(PREDICTING)), ids=lambda check: check.name)
def test_predicting_bits_meets_every_obligation(check):
    check.run()


@given(pairs())
def test_its_surprise_is_torchs_binary_cross_entropy(pair):
    z, w = pair
    expected = binary_cross_entropy_with_logits(z / 0.5, (w / 0.3).sigmoid(), reduction="sum")
    torch.testing.assert_close(-MODEL.log_density(w, given=z).sum(), expected)


@given(pairs())
def test_the_probabilities_of_all_words_sum_to_one(pair):
    z, _ = pair
    words = torch.tensor(list(itertools.product([-1e6, 1e6], repeat=z.shape[1])), dtype=z.dtype)
    mass = MODEL.log_density(words[:, None], given=z[None]).exp().sum(0)
    torch.testing.assert_close(mass, torch.ones_like(mass))


@given(pairs())
def test_a_bit_is_a_choice_between_two_codes(pair):
    # The second code scores nothing, so the first one's score is its log-odds.
    z, w = (x[:, :1] for x in pair)
    two = [torch.cat([x, torch.zeros_like(x)], 1) for x in (z, w)]
    expected = Categorical(0.5, Softmax(0.3)).log_density(two[1], given=two[0])
    torch.testing.assert_close(MODEL.log_density(w, given=z), expected)


def test_it_says_which_fields_it_wants():
    with pytest.raises(ValueError, match=r"must be positive, got 1\.0 and 0\.0: larger log-odds"):
        Bernoulli(1.0, 0.0)
