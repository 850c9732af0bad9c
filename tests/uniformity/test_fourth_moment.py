"""The fourth moment is greatest on a white batch, and is estimated without bias."""

import math

import pytest
import torch

from ssl_theory.uniformity import FourthMoment
from tests.uniformity.laws import normal


@pytest.mark.parametrize("items", [2, 10])
def test_it_is_the_distance_of_the_second_moment_from_the_identity_without_bias(items):
    generator = torch.Generator().manual_seed(0)
    mixing = torch.tensor([[1.0, 0.5], [0.0, 0.7]], dtype=torch.float64)
    found = torch.stack(
        [
            FourthMoment().entropy(
                normal(items, 2, generator) @ mixing, given=normal(items, 2, generator) @ mixing
            )
            for _ in range(4000)
        ]
    )
    moment = mixing.T @ mixing
    expected = (2 - (moment - torch.eye(2)).square().sum().item()) / 2
    error = found.std().item() / math.sqrt(len(found))
    assert error < 0.05
    assert abs(found.mean().item() - expected) < 5 * error


def test_orthogonal_items_of_one_length_pay_only_for_their_number():
    # Partners are equal, everybody else is orthogonal: nothing overlaps.
    w = 3 * torch.eye(4, dtype=torch.float64)
    assert FourthMoment().entropy(w, given=w).item() == pytest.approx(9, abs=1e-12)


@pytest.mark.parametrize("length", [0.5, 1.0, 2.0])
def test_a_point_is_best_at_length_one(length):
    w = torch.full((5, 1), length, dtype=torch.float64)
    found = FourthMoment().entropy(w, given=w).item()
    assert found == pytest.approx(length**2 - length**4 / 2, abs=1e-12)
    assert found <= 0.5
