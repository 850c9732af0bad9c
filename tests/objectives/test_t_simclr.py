"""Hu et al. (2023): SimCLR with a Student-t similarity, anchor by anchor."""

import math

import numpy as np
import pytest
from hypothesis import given

from ssl_theory.checks.strategies import pairs
from ssl_theory.objectives import simclr, t_simclr


def _loss(z, w, degrees, temperature):
    items, n = np.concatenate([z, w]), len(z)
    losses = []
    for i, anchor in enumerate(items):
        similar = [
            (1 + ((anchor - other) ** 2).sum() / (temperature * degrees)) ** (-(degrees + 1) / 2)
            for other in items
        ]
        others = math.fsum(similar[:i] + similar[i + 1 :])
        losses.append(-math.log(similar[(i + n) % (2 * n)] / others))
    return np.mean(losses)


@pytest.mark.parametrize(("degrees", "temperature"), [(5.0, 0.2), (10.0, 5.0)])
@given(pair=pairs())
def test_it_publishes_the_contrastive_loss_of_its_similarity(degrees, temperature, pair):
    expected = _loss(*(x.numpy() for x in pair), degrees, temperature)
    ours = t_simclr(degrees, temperature).published(*pair).item()
    assert ours == pytest.approx(expected, rel=1e-9, abs=1e-9)


@given(pair=pairs())
def test_many_degrees_of_freedom_make_simclr_of_unit_vectors(pair):
    # On the sphere (1 + |z - w|^2 / (t m))^(-m / 2) tends to exp(-|z - w|^2 / (2 t)).
    z, w = (x / x.norm(dim=1, keepdim=True) for x in pair)
    ours = t_simclr(degrees=1e8, temperature=0.5).published(z, w).item()
    assert ours == pytest.approx(simclr(temperature=0.5).published(z, w).item(), abs=1e-5)
