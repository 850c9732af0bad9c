"""Yerxa, Kuang, Simoncelli and Chung (2023): the nuclear norm of the centroids."""

import numpy as np
import pytest
import torch
from hypothesis import given

from ssl_theory.checks.strategies import pairs
from ssl_theory.objectives import mmcr
from tests.oracles.second_order import MMCR
from tests.oracles.two_views import two_views


@given(pairs())
def test_it_publishes_minus_the_nuclear_norm(pair):
    views = [x.numpy() / np.linalg.norm(x.numpy(), axis=1, keepdims=True) for x in pair]
    expected = -np.linalg.norm((views[0] + views[1]) / 2, "nuc")
    assert mmcr().published(*pair).item() == pytest.approx(expected, rel=1e-9, abs=1e-9)


@given(pairs())
def test_no_views_go_below_its_bound(pair):
    n, d = pair[0].shape
    assert mmcr().published(*pair).item() >= -np.sqrt(n * min(n, d)) - 1e-9


@pytest.mark.parametrize("n", [3, 5])
def test_fewer_items_than_dimensions_reach_the_bound_when_orthogonal(n):
    z = torch.eye(5, dtype=torch.float64)[:n]
    assert mmcr().published(z, z).item() == pytest.approx(-n, abs=1e-9)


def test_it_publishes_the_number_of_lightly():
    assert mmcr().published(*two_views()).item() == pytest.approx(MMCR, abs=1e-9)
