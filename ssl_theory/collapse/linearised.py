"""The derivative of what moves a pair of views: of a gradient, or of a stop-gradient's field."""

import math

import torch
from torch import Tensor

from ssl_theory.latent_distribution_matching import Matching, Objective

__all__ = ["linearised"]

STEP = 1e-5  # of the differences to which the exact derivative is held
AGREEMENT = 1e-2  # a kink is off by orders of magnitude
VANISHES = 1e-7
DIVERGES = 0.1  # nats per e-fold


def linearised(objective: Objective, place: Tensor, moves: Tensor) -> Tensor | str:
    """``(views, directions, views, directions)`` at ``place``; or, in words, why there is none.

    Exact derivatives lie where a function has a kink, so each is held to differences.
    """
    still = torch.zeros(moves.shape[:2], dtype=place.dtype)
    together = torch.ones_like(still) / math.sqrt(still.numel())
    apart = together * torch.tensor([[1.0], [-1.0]])
    field = lambda moved: _field(objective, place, moves, moved)  # noqa: E731
    try:
        if not _level(objective, place, moves, still, still).isfinite():
            return "the total diverges"
        aside = [[field(t * STEP * step)[0] for t in (1, -1)] for step in (together, apart)]
        here, *of = field(still)
        slope = here.abs().max().item()
        level = slope <= VANISHES * max(1.0, place.abs().max().item())
        bend = _derivative(here, *of) if level else here
    except torch.linalg.LinAlgError:  # type: ignore[attr-defined]  # it is there
        return "the gradient has no limit there"
    fall = (aside[0][0] * together).sum().item()  # the slope, a step away with both views
    if abs(fall) * STEP > DIVERGES:
        return "the total diverges"
    if not (here.isfinite().all() and bend.isfinite().all()):
        return "the gradient has no limit there"
    if not level:
        return f"the gradient does not vanish there: {slope:.3g}"
    for step, (above, below) in zip((together, apart), aside, strict=True):
        gap = (above - below) / (2 * STEP) - (bend * step).sum((2, 3))
        if not gap.abs().max() <= AGREEMENT * max(1.0, bend.abs().max().item()):
            way = "falls" if fall < 0 else "rises"
            return f"a kink: it {way} at once, with slope {abs(fall):.3g}"
    return bend


def _level(
    objective: Objective, place: Tensor, moves: Tensor, moved: Tensor, target: Tensor
) -> Tensor:
    """Its height where the views have ``moved`` along ``moves``, and their targets to ``target``.

    Without stop-gradients a target is the view itself.
    """
    z, w = place + torch.einsum("vk,vknd->vnd", moved, moves)
    if objective.matching is not Matching.STOP_GRADIENT:
        return objective(z, w).total
    project = objective.model.space.project
    of_z, of_w = (project(x) for x in place + torch.einsum("vk,vknd->vnd", target, moves))
    ways = [(project(z), of_w), (project(w), of_z)][: 1 + objective.both_ways]
    told = [objective.model.log_density(b, given=a).mean() for a, b in ways]
    return -torch.stack(told).mean()


def _field(
    objective: Objective, place: Tensor, moves: Tensor, moved: Tensor
) -> tuple[Tensor, Tensor, Tensor]:
    """What the views are moved against, ``(views, directions)``, and what it depends on.

    Targets move with their views, but the gradient does not reach them.
    """
    context, target = (moved.clone().requires_grad_() for _ in range(2))
    level = _level(objective, place, moves, context, target)
    (field,) = torch.autograd.grad(level, context, create_graph=True)
    return field, context, target


def _derivative(field: Tensor, context: Tensor, target: Tensor) -> Tensor:
    each = torch.eye(field.numel(), dtype=field.dtype)
    of_context, of_target = torch.autograd.grad(
        field.flatten(),
        (context, target),
        each,
        is_grads_batched=True,
        allow_unused=True,
        materialize_grads=True,
    )
    return (of_context + of_target).detach().reshape(*field.shape, *field.shape)
