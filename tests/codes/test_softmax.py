"""Sharpening picks a code for each item; centring keeps one code from taking them all."""

import math

import pytest
import torch
from hypothesis import given

from ssl_theory.checks.strategies import embeddings
from ssl_theory.codes import Largest, Softmax


def draw(n=7, d=4):
    return torch.randn(n, d, generator=torch.Generator().manual_seed(0), dtype=torch.float64)


@given(embeddings(min_dimension=2))
def test_codes_are_probabilities(scores):
    code = Softmax(0.5)(scores)
    assert (code >= 0).all()
    torch.testing.assert_close(code.sum(-1), torch.ones_like(code[:, 0]))


def test_between_no_temperature_and_much_lie_the_winner_and_the_tie():
    scores = draw()
    torch.testing.assert_close(Softmax(1e-4)(scores), Largest()(scores))
    torch.testing.assert_close(Softmax(1e9)(scores), torch.full_like(scores, 1 / 4))


@pytest.mark.parametrize("power", [2.0, 4.0])
def test_sharpening_a_softmax_is_dividing_its_temperature(power):
    scores = draw()
    sharpened = Softmax(0.1)(scores) ** power
    sharpened = sharpened / sharpened.sum(1, keepdim=True)
    torch.testing.assert_close(Softmax(0.1 / power)(scores), sharpened)


def test_a_centre_that_has_caught_up_cannot_see_what_all_items_share():
    scores, shift = draw(), torch.tensor([5.0, 0.0, -2.0, 1.0], dtype=torch.float64)
    caught_up = lambda s: Softmax(0.1).updated(s, momentum=0.0)(s)  # noqa: E731
    torch.testing.assert_close(caught_up(scores + shift), caught_up(scores))
    assert not torch.allclose(Softmax(0.1)(scores + shift), Softmax(0.1)(scores))


def test_without_sharpening_a_caught_up_centre_lets_all_codes_tie():
    collapsed = draw()[:1].expand(7, 4)
    code = Softmax(0.04).updated(collapsed, momentum=0.0)(collapsed)
    entropy = torch.special.entr(code).sum(1)
    torch.testing.assert_close(entropy, torch.full_like(entropy, math.log(4)))


def test_the_centre_is_an_exponential_moving_average_and_the_old_one_is_left_alone():
    batches = [draw() + shift for shift in (0.0, 1.0, 3.0)]
    code = first = Softmax(0.1)
    for batch in batches:
        code = code.updated(batch, momentum=0.9)
    means = [batch.mean(0) for batch in batches]
    torch.testing.assert_close(code.centre, 0.081 * means[0] + 0.09 * means[1] + 0.1 * means[2])
    assert first.centre is None and code.temperature == first.temperature
    assert code.dimensions == (4,) and first.dimensions is None


def test_no_gradient_is_remembered_by_the_centre():
    assert not Softmax().updated(draw().requires_grad_()).centre.requires_grad


def test_it_says_which_temperature_it_wants():
    with pytest.raises(ValueError, match=r"`temperature` must be positive, got 0\.0.*Use Largest"):
        Softmax(0.0)
