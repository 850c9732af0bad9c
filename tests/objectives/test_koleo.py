"""Sablayrolles et al. (2019), with the conventions of DINOv2: neighbours by cosine, both views."""

import math

import numpy as np
import pytest
from hypothesis import given
from torch.nn.functional import normalize, pairwise_distance

from ssl_theory.checks.strategies import pairs
from ssl_theory.objectives import koleo
from tests.oracles.contrastive import KOLEO
from tests.oracles.two_views import two_views


def regulariser(x, floor=1e-8):
    """Item by item, its nearest neighbour by cosine."""
    total = 0.0
    for i in range(len(x)):
        cosines = [x[i] @ x[j] if j != i else -2.0 for j in range(len(x))]
        total -= math.log(np.linalg.norm(x[i] - x[int(np.argmax(cosines))]) + floor)
    return total / len(x)


@pytest.mark.parametrize("weight", [0.1, 2.0])
@given(pair=pairs())
def test_it_publishes_the_cosine_and_a_regulariser_per_view(weight, pair):
    z, w = (normalize(x).numpy() for x in pair)
    expected = -np.mean(np.sum(z * w, axis=1)) + weight * (regulariser(z) + regulariser(w))
    ours = koleo(weight).published(*pair).item()
    assert ours == pytest.approx(expected, rel=1e-9, abs=1e-9)


@given(pair=pairs())
def test_the_floor_that_torch_adds_to_every_coordinate_moves_it_by_no_more_than_that_floor(pair):
    # DINOv2 measures with torch's pairwise distance, which adds 1e-8 to the difference first.
    spread = 0.0
    nearest = math.inf
    for view in pair:
        x = normalize(view)
        index = (x @ x.T).fill_diagonal_(-1).argmax(1)
        distance = pairwise_distance(x, x[index], eps=1e-8)
        spread -= (distance + 1e-8).log().mean().item()
        nearest = min(nearest, distance.min().item())
    z, w = (normalize(x) for x in pair)
    theirs = -(z * w).sum(1).mean().item() + 0.1 * spread
    bound = 0.1 * 2 * 1.01e-8 * math.sqrt(z.shape[1]) / nearest
    assert abs(koleo(0.1).published(*pair).item() - theirs) <= bound + 1e-12


def test_its_regulariser_is_the_number_of_lightly_but_for_the_floor():
    z, w = two_views()
    cosine = (normalize(z) * normalize(w)).sum(1).mean().item()
    # Its floor on each of 32 coordinates moves a distance by 6e-8 at most, one part in 1e7.
    assert koleo(1.0).published(z, w).item() + cosine == pytest.approx(sum(KOLEO), abs=2e-7)
