"""Zhu et al. (2022): a loss that carries a covariance from batch to batch."""

import numpy as np
import pytest
import torch

from ssl_theory.objectives import tico
from tests.oracles.second_order import TICO
from tests.oracles.two_views import two_views


def unit(x):
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def test_it_publishes_the_losses_of_the_papers_loop_over_batches():
    rng = np.random.default_rng(0)
    n, d, beta, rho = 8, 3, 0.6, 5.0
    covariance, moment = np.zeros((d, d)), None
    for _ in range(4):
        momentum, online = unit(rng.standard_normal((n, d))), unit(rng.standard_normal((n, d)))
        covariance = beta * covariance + (1 - beta) * np.mean(
            [np.outer(row, row) for row in online], axis=0
        )
        expected = np.mean(
            [-a @ b + rho * a @ covariance @ a for a, b in zip(online, momentum, strict=True)]
        )
        objective = tico(rho, beta, moment)
        views = torch.from_numpy(3 * momentum), torch.from_numpy(2 * online)
        assert objective.published(*views).item() == pytest.approx(expected, abs=1e-9)
        moment = objective.uniformity.updated(torch.from_numpy(online)).moment


def test_the_momentum_view_is_only_aligned_with():
    z, w = torch.randn(2, 6, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    assert tico()(z, w).uniformity == tico()(2 * z.flip(0), w).uniformity


def test_it_publishes_the_numbers_of_lightly_less_the_one_it_adds():
    z, w = two_views()
    first = tico()
    assert first.published(z, w).item() == pytest.approx(TICO[0] - 1, abs=1e-9)
    seen = first.uniformity.updated(torch.nn.functional.normalize(w)).moment
    assert tico(moment=seen).published(w, z).item() == pytest.approx(TICO[1] - 1, abs=1e-9)
