"""Zimmermann et al. (2021): the contrastive loss on an l_p distance, pair by pair."""

import math

import numpy as np
import pytest
from hypothesis import given

from ssl_theory.checks.strategies import pairs
from ssl_theory.objectives import lp_info_nce


def _contrast(anchors, positives, power, temperature):
    losses = []
    for i, anchor in enumerate(anchors):
        distances = [np.linalg.norm(anchor - other, power) ** power for other in positives]
        denominator = math.fsum(math.exp(-distance / temperature) for distance in distances)
        losses.append(distances[i] / temperature + math.log(denominator))
    return np.mean(losses)


@pytest.mark.parametrize("power", [1, 3])
@given(pair=pairs())
def test_it_publishes_the_loss_of_its_equation(power, pair):
    z, w = (x.numpy() for x in pair)
    expected = (_contrast(z, w, power, 0.5) + _contrast(w, z, power, 0.5)) / 2
    ours = lp_info_nce(power, temperature=0.5).published(*pair).item()
    assert ours == pytest.approx(expected, rel=1e-9, abs=1e-9)
