"""Sinkhorn's codes solve an entropic transport problem, and share the batch out equally."""

import math

import numpy as np
import pytest
import torch
from scipy.optimize import linear_sum_assignment, minimize

from ssl_theory.codes import Sinkhorn


def draw(n, d, seed=0):
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(n, d, generator=generator, dtype=torch.float64)


def test_after_any_turn_each_item_has_probabilities():
    code = Sinkhorn(0.5, iterations=1)(draw(9, 4))
    torch.testing.assert_close(code.sum(1), torch.ones(9, dtype=torch.float64))


def test_in_the_limit_the_mean_code_has_all_the_entropy_there_is():
    mean = Sinkhorn(0.5, iterations=200)(draw(9, 4)).mean(0)
    entropy = torch.special.entr(mean).sum().item()
    assert entropy == pytest.approx(math.log(4), abs=1e-12)


def test_a_collapsed_batch_ties_all_codes_at_once():
    scores = draw(1, 4).expand(9, 4)
    code = Sinkhorn(0.05, iterations=1)(scores)
    torch.testing.assert_close(code, torch.full_like(code, 1 / 4))


def test_only_a_factor_for_each_code_and_one_for_each_item_are_added():
    scores = draw(6, 3)
    gap = Sinkhorn(0.7)(scores).log() - scores / 0.7
    gap = gap - gap.mean(0) - gap.mean(1, keepdim=True) + gap.mean()
    torch.testing.assert_close(gap, torch.zeros_like(gap), rtol=0, atol=1e-12)


def test_a_score_that_an_item_gives_to_all_codes_is_forgotten_in_the_limit():
    scores = draw(6, 3)
    louder = scores + torch.arange(6)[:, None]
    limit = Sinkhorn(0.7, iterations=300)
    torch.testing.assert_close(limit(louder), limit(scores))
    assert not torch.allclose(Sinkhorn(0.7)(louder), Sinkhorn(0.7)(scores))


def test_it_maximises_score_plus_entropy_among_equal_shares():
    # Without the algorithm: the dual of the transport problem, minimised by scipy.
    scores, temperature, (n, d) = draw(5, 3).numpy(), 0.6, (5, 3)

    def dual(price):
        rows, columns = price[:n, None], price[None, n:]
        mass = np.exp((scores - rows - columns) / temperature)
        return temperature * mass.sum() + rows.sum() + n / d * columns.sum()

    found = minimize(dual, np.zeros(n + d), options={"gtol": 1e-10}).x
    plan = np.exp((scores - found[:n, None] - found[None, n:]) / temperature)
    ours = Sinkhorn(temperature, iterations=500)(torch.from_numpy(scores))
    np.testing.assert_allclose(ours.numpy(), plan, atol=1e-6)


def test_without_temperature_it_is_the_best_assignment():
    scores = draw(5, 5)
    rows, columns = linear_sum_assignment(scores.numpy(), maximize=True)
    code = Sinkhorn(0.01, iterations=2000)(scores)
    np.testing.assert_array_equal(code.argmax(1), columns)
    assert (code[rows, columns] > 0.99).all()


def test_large_scores_do_not_overflow():
    assert Sinkhorn(0.05)(1e3 * draw(6, 3).float()).isfinite().all()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ((0.0, 3), r"`temperature` must be positive, got 0\.0: at zero this is a linear programme"),
        ((0.05, 0), r"`iterations` must be at least 1, got 0.*Use 3"),
    ],
)
def test_it_says_which_fields_it_wants(fields, message):
    with pytest.raises(ValueError, match=message):
        Sinkhorn(*fields)
