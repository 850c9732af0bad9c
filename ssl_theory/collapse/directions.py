"""The directions in which a collapsed pair may be left."""

import math

import torch
from torch import Tensor

from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.paths import cells, trajectories
from ssl_theory.latent_distribution_matching import Objective
from ssl_theory.symmetries import Symmetry

__all__ = ["directions"]

ROUNDING = 1e-9


def directions(objective: Objective, kind: Kind, views: Tensor, place: Tensor, rank: int) -> Tensor:
    """``(views, directions, items, dimensions)`` that leave ``place`` and stay on the space.

    They are orthogonal, and of unit mean square in the two views together. ``views`` are those
    that collapsed to ``place``.
    """
    _, items, dimension = views.shape
    axes = torch.eye(dimension, dtype=views.dtype)
    if kind in (Kind.DIMENSIONAL, Kind.TAIL) and rank:
        alive = torch.cat([torch.ones(items, 1, dtype=views.dtype), *views[..., :rank]], 1)
        patterns = torch.linalg.qr(alive, mode="complete").Q[:, alive.shape[1] :].T
        axes = axes[-1:]
    else:
        alike = Symmetry.REORDERING in objective.symmetries
        patterns = _partings(_groups(kind, views), alike).to(views)
    straight = torch.einsum("kn,ad->kand", patterns, axes).flatten(0, 1)
    if not len(straight):
        return straight.expand(2, *straight.shape)
    project = objective.model.space.project
    turned = [
        torch.stack([torch.autograd.functional.jvp(project, view, move)[1] for move in straight])
        for view in place
    ]
    _, sizes, basis = torch.linalg.svd(torch.stack(turned, 1).flatten(1), full_matrices=False)
    kept = basis[sizes > ROUNDING * sizes.max()]  # the rest lead off the space
    return math.sqrt(2 * items) * kept.unflatten(1, (2, items, dimension)).transpose(0, 1)


def _groups(kind: Kind, views: Tensor) -> Tensor:
    """Which items have come to the same place."""
    items = views.shape[1]
    if kind is Kind.CLUSTER:
        return cells(views)
    return trajectories(items) if kind is Kind.TEMPORAL else torch.zeros(items, dtype=torch.int64)


def _partings(group: Tensor, alike: bool) -> Tensor:
    """``(patterns, items)`` by which the first item of a group parts from others of it.

    Of items that are ``alike`` to the objective one stands for all.
    """
    patterns = []
    for g in group.unique():
        first, *others = (group == g).nonzero()[:, 0].tolist()
        for other in others[:1] if alike else others:
            pattern = torch.zeros(len(group))
            pattern[first], pattern[other] = 1, -1
            patterns.append(pattern)
    return torch.stack(patterns) if patterns else torch.zeros(0, len(group))
