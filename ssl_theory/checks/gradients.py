"""What the gradient of an objective must be: its own differences, or the field it states."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass

import torch
from torch import Tensor, nn
from torch.autograd.gradcheck import GradcheckError

from ssl_theory.latent_distribution_matching import Objective

__all__ = ["agrees_with_differences", "field", "is_the_stated_field", "modules"]

STEP = 1e-5  # of a central difference: its error is about STEP ** 2
AGREEMENT = 1e-6


def modules(part: object) -> Iterator[nn.Module]:
    """Every module a part holds, however deep in its fields."""
    if isinstance(part, nn.Module):
        yield part
    elif is_dataclass(part):
        for entry in fields(part):
            yield from modules(getattr(part, entry.name))


def field(objective: Objective, z: Tensor, w: Tensor) -> tuple[Tensor, ...]:
    """What each view is moved against: the gradient of the total."""
    views = [x.clone().requires_grad_() for x in (z, w)]
    total = objective(*views).total
    return torch.autograd.grad(total, views, allow_unused=True, materialize_grads=True)


def agrees_with_differences(objective: Objective, z: Tensor, w: Tensor) -> None:
    """The gradient of the total is the limit of its differences, in both views."""
    try:
        views = [x.clone().requires_grad_() for x in (z, w)]
        torch.autograd.gradcheck(lambda z, w: objective(z, w).total, views)
    except GradcheckError as error:
        raise AssertionError(f"`{objective.name}`: {error}") from None


def is_the_stated_field(objective: Objective, z: Tensor, w: Tensor) -> None:
    """The gradient of the total is that of ``-log p(w | z)`` with its target held fixed.

    The field is taken by differences, so that no use of ``detach`` can hide in both sides. Only
    the context and the parameters of the model move; the target is the number it was.
    """
    z, w = (x.clone().requires_grad_() for x in (z, w))
    # A module that two parts share is one module.
    unique = {id(p): p for module in modules(objective) for p in module.parameters()}
    leaves = [z, w, *(p for p in unique.values() if p.requires_grad)]
    total = objective(z, w).total
    gradients = torch.autograd.grad(total, leaves, allow_unused=True, materialize_grads=True)
    project = objective.model.space.project
    targets = [project(x).detach().clone() for x in (w, z)]
    ways = list(zip((z, w), targets, strict=True))[: 1 + objective.both_ways]

    def surprise() -> Tensor:
        told = [objective.model.log_density(b, given=project(a)).mean() for a, b in ways]
        return -torch.stack(told).mean()

    for leaf, gradient in zip(leaves, gradients, strict=True):
        field = _differences(surprise, leaf)
        gap = (field - gradient).abs().max().item()
        assert gap <= AGREEMENT * max(1.0, field.abs().max().item()), (
            f"`{objective.name}` moves along a field that differs by {gap:.3g} from the gradient "
            f"of -log p with its target held fixed, where that is at most {field.abs().max():.3g}"
        )


@torch.no_grad()
def _differences(value: Callable[[], Tensor], leaf: Tensor) -> Tensor:
    slopes = torch.empty_like(leaf)
    flat, there = slopes.view(-1), leaf.view(-1)
    for entry in range(leaf.numel()):
        before = there[entry].item()
        there[entry] = before + STEP
        above = value()
        there[entry] = before - STEP
        flat[entry] = (above - value()) / (2 * STEP)
        there[entry] = before
    return slopes
