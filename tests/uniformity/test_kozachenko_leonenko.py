"""Distances to neighbours know the entropy of any smooth law, constants included."""

import math

import pytest
import torch
from scipy.special import digamma, polygamma

from ssl_theory.uniformity import KozachenkoLeonenko
from tests.uniformity.laws import LAWS, estimates


@pytest.mark.parametrize("name", ["gaussian 2", "laplace 2", "mixture 2", "cube 2", "white 8"])
@pytest.mark.parametrize("neighbours", [1, 3])
def test_one_batch_is_within_three_standard_errors(name, neighbours):
    n, d = 1000, int(name[-1])
    (found,) = estimates(KozachenkoLeonenko(neighbours), LAWS[name], items=n, batches=1)
    # The variance of -log p, d / 2 for a Gaussian, plus that of log of a gamma variable.
    error = math.sqrt((d / 2 + polygamma(1, neighbours)) / n)
    assert error < 0.1
    assert abs(found.item() - LAWS[name].entropy) < 3 * error


def test_in_eight_dimensions_unequal_directions_read_as_entropy_until_items_are_many():
    # A ball is a poor neighbourhood in an ellipsoid, and the poorer the larger.
    law, few, many = LAWS["gaussian 8"], 50, 800
    found = [
        estimates(KozachenkoLeonenko(), law, items=n, batches=40 * few // n + 10)
        for n in (few, many)
    ]
    excess = [x.mean().item() - law.entropy for x in found]
    errors = [x.std().item() / math.sqrt(len(x)) for x in found]
    assert all(gap > 5 * error for gap, error in zip(excess, errors, strict=True))
    assert excess[0] - excess[1] > 5 * max(errors)


def test_its_error_falls_as_the_square_root_of_the_items():
    few, many = (
        (estimates(KozachenkoLeonenko(), LAWS["gaussian 2"], items=n, batches=60, seed=n))
        for n in (50, 800)
    )
    fall = (few - LAWS["gaussian 2"].entropy).square().mean().sqrt()
    fall = fall / (many - LAWS["gaussian 2"].entropy).square().mean().sqrt()
    # A root mean square over 60 batches has a relative error of 1 / sqrt(120).
    error = math.sqrt(2 / 120)
    assert abs(math.log(fall) - math.log(4)) < 5 * error
    assert 5 * error < math.log(2)


def test_equally_spaced_items_on_a_line():
    # Every nearest neighbour is 0.5 away; a ball of radius r in one dimension is 2r long.
    w = 0.5 * torch.arange(10, dtype=torch.float64)[:, None]
    found = KozachenkoLeonenko(1).entropy(w, given=w).item()
    assert found == pytest.approx(digamma(10) - digamma(1) + math.log(2 * 0.5), abs=1e-12)


@pytest.mark.parametrize("k", [1, 2, 3])
def test_the_corners_of_a_square(k):
    w = torch.tensor([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=torch.float64)
    distance = [1, 1, math.sqrt(2)][k - 1]
    expected = digamma(4) - digamma(k) + math.log(math.pi * distance**2)
    assert KozachenkoLeonenko(k).entropy(w, given=w).item() == pytest.approx(expected, abs=1e-12)


def test_a_unit_of_length_shifts_it_by_the_dimension_times_its_logarithm():
    w = torch.randn(20, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    part = KozachenkoLeonenko()
    shift = part.entropy(1e6 * w, given=w) - part.entropy(w, given=w)
    assert shift.item() == pytest.approx(3 * math.log(1e6), abs=1e-9)


def test_far_from_the_origin_distances_keep_their_digits():
    w = torch.randn(50, 2, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    part = KozachenkoLeonenko()
    far = part.entropy(w + 1e6, given=w).item()
    assert far == pytest.approx(part.entropy(w, given=w).item(), abs=1e-8)


def test_an_item_without_enough_neighbours_is_an_error_with_a_remedy():
    w = torch.zeros(3, 2)
    with pytest.raises(ValueError, match=r"got 3 of 3: no item has.*`neighbours=2`"):
        KozachenkoLeonenko(3).entropy(w, given=w)
