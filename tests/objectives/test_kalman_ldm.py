"""Mikulasch and Zenke (2026): a filter's surprise, and neighbours that keep steps apart."""

import math

import numpy as np
import pytest
import torch
from scipy.spatial import KDTree
from scipy.special import digamma
from scipy.stats import multivariate_normal

from ssl_theory.alignment import LinearDynamics
from ssl_theory.objectives import kalman_ldm


def _surprise(x, dynamics):
    """The filter in information form: precisions add up, and no gain is computed."""
    a, b, c, q, r = (
        t.detach().numpy()
        for t in (
            dynamics.transition,
            dynamics.rest,
            dynamics.readout,
            dynamics.log_process.exp().diag(),
            dynamics.log_observation.exp().diag(),
        )
    )
    inverse = np.linalg.inv
    mean, precision = 0 * b, np.eye(len(b))
    surprises = []
    for step in x:
        ahead, spread = a @ (mean - b) + b, a @ inverse(precision) @ a.T + q
        surprises.append(-multivariate_normal(c @ ahead, c @ spread @ c.T + r).logpdf(step))
        precision = inverse(spread) + c.T @ inverse(r) @ c
        information = inverse(spread) @ ahead + c.T @ inverse(r) @ step
        mean = inverse(precision) @ information
    return sum(surprises[1:]) / (len(x) - 1)


def _neighbour_entropy(w, k=3):
    n, d = w.shape
    distances = KDTree(w).query(w, k + 1)[0][:, k]
    ball = d / 2 * math.log(math.pi) - math.lgamma(d / 2 + 1)
    return digamma(n) - digamma(k) + ball + d * sum(map(math.log, distances)) / n


@pytest.mark.parametrize("seed", [0, 1])
def test_it_publishes_the_surprise_of_a_step_less_the_entropy_of_all(seed):
    dynamics = LinearDynamics(2, 4, seed)
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(15, 2, generator=generator, dtype=torch.float64).cumsum(0) / 3
    expected = _surprise(x.numpy(), dynamics) - _neighbour_entropy(x[1:].numpy())
    ours = kalman_ldm(dynamics).published(x[:-1], x[1:]).item()
    assert ours == pytest.approx(expected, rel=1e-9, abs=1e-9)
