"""The coding rate of both views is at least the mean of theirs."""

import math

import pytest
import torch
from hypothesis import given

from ssl_theory.checks.strategies import pairs
from ssl_theory.uniformity import CodingRate, PooledCodingRate


@given(pairs())
def test_pooling_never_lowers_the_rate(pair):
    z, w = pair
    apart = sum(CodingRate().entropy(x, given=x).item() for x in pair) / 2
    assert PooledCodingRate(0.2).entropy(w, given=z).item() >= apart - 1e-9


def test_views_of_one_second_moment_have_its_rate():
    # Signs and order of the items change the views and not their second moment.
    z = torch.randn(8, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    ours = PooledCodingRate(0.2).entropy(-z.flip(0), given=z).item()
    assert ours == pytest.approx(CodingRate(0.2).entropy(z, given=z).item(), abs=1e-12)


def test_views_on_orthogonal_lines_need_both():
    # Two lines, each with half of all items: 2 / 2 log(1 + (2 / 0.5) / 2).
    z, w = torch.eye(2, dtype=torch.float64)[:, None].expand(2, 5, 2)
    ours = PooledCodingRate(0.5).entropy(w, given=z).item()
    assert ours == pytest.approx(math.log(3), abs=1e-12)
