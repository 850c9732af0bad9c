"""A coin per pair: certain of no partners it costs nothing, certain of all it costs the odds."""

import math

import pytest
import torch

from ssl_theory.uniformity import BernoulliPairs
from tests.uniformity.laws import normal


def test_coins_that_are_fair_cost_log_two_each():
    w = normal(5, 2, torch.Generator().manual_seed(0))
    found = BernoulliPairs(0.0, bias=0.0).entropy(w, given=w).item()
    assert found == pytest.approx(-5 * math.log(2), abs=1e-12)


def test_certainty_costs_nothing_or_the_odds():
    w = normal(5, 2, torch.Generator().manual_seed(0))
    assert BernoulliPairs(1.0, bias=-800.0).entropy(w, given=w).item() == 0
    # A row pays its own odds with every item: 800 times five, and inner products with their sum.
    expected = -4000 - (w @ w.sum(0)).mean().item()
    assert BernoulliPairs(1.0, bias=800.0).entropy(w, given=w).item() == pytest.approx(expected)


def test_the_odds_it_asks_for_are_the_true_ones():
    # Two directions, drawn alike, and equal partners: a pair of items that agree are partners with
    # odds 2 to n - 1, a pair that do not never are. Among all odds these are the least surprised.
    n, batches = 8, 500
    generator = torch.Generator().manual_seed(0)
    sides = 2.0 * torch.randint(0, 2, (batches, n, 1), generator=generator).double() - 1
    true = math.log(2 / (n - 1))

    def surprise(agree):
        # Odds of e^-40 for those that disagree.
        part = BernoulliPairs((agree + 40) / 2, (agree - 40) / 2)
        return sum(-part.entropy(x, given=x).item() for x in sides) / batches - agree

    best = min(torch.linspace(true - 1, true + 1, 21).tolist(), key=surprise)
    assert best == pytest.approx(true, abs=0.15)
