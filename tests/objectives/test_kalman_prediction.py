"""Mikulasch and Zenke (2026): the filter's loss, and which gradients it lets through."""

import pytest
import torch

from ssl_theory.alignment import LinearDynamics
from ssl_theory.objectives import kalman_prediction


def _sequence(steps: int) -> torch.Tensor:
    generator = torch.Generator().manual_seed(0)
    return torch.randn(steps, 2, generator=generator, dtype=torch.float64).cumsum(0) / 3


def _innovations(past, targets, dynamics):
    """The authors' recursion, gain and all, step by step from ``h = 0`` and ``P = I``."""
    a, b, c = dynamics.transition, dynamics.rest, dynamics.readout
    q, r = dynamics.log_process.exp().diag(), dynamics.log_observation.exp().diag()
    h, p = torch.zeros_like(b), torch.eye(len(b), dtype=b.dtype)
    losses = []
    for step, seen in enumerate(past):
        h, p = a @ (h - b) + b, a @ p @ a.T + q
        gain = p @ c.T @ torch.linalg.inv(c @ p @ c.T + r)
        h, p = h + gain @ (seen - c @ h), (torch.eye(len(b)) - gain @ c) @ p
        ahead, spread = a @ (h - b) + b, c @ (a @ p @ a.T + q) @ c.T + r
        e = targets[step] - c @ ahead
        losses.append((e @ torch.linalg.inv(spread) @ e + torch.logdet(spread)) / 2)
    return torch.stack(losses).mean()


@pytest.mark.parametrize("seed", [0, 1])
def test_it_publishes_the_authors_loss_and_its_gradient(seed):
    x = _sequence(12).requires_grad_()
    dynamics = LinearDynamics(2, 4, seed)
    expected = _innovations(x[:-1], x[1:].detach(), dynamics)
    objective = kalman_prediction(dynamics)
    torch.testing.assert_close(objective.published(x[:-1], x[1:]), expected, rtol=1e-9, atol=1e-9)
    leaves = [x, *dynamics.parameters()]
    # Past steps are felt, targets are not: though one tensor is both.
    ours = torch.autograd.grad(objective(x[:-1], x[1:]).total, leaves)
    theirs = torch.autograd.grad(expected, leaves)
    torch.testing.assert_close(ours, theirs, rtol=1e-9, atol=1e-9)
