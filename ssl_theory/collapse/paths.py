"""Paths on which a healthy pair of embeddings collapses, one for each kind that is a path."""

from collections.abc import Callable

import torch
from torch import Generator, Tensor

from ssl_theory.collapse.kinds import Kind

__all__ = ["PATHS", "Pair", "cells", "healthy", "path", "rank_left", "trajectories"]

Pair = tuple[Tensor, Tensor]

PATHS = (
    Kind.COMPLETE,
    Kind.DIMENSIONAL,
    Kind.TAIL,
    Kind.CLUSTER,
    Kind.TEMPORAL,
    Kind.LOCAL,
    Kind.AUGMENTATION,
    Kind.MEAN_DRIFT,
)


def healthy(items: int, dimension: int, noise: float, seed: int) -> Pair:
    """What the items have in common, and what each view adds: ``common + own[view]``."""
    generator = Generator().manual_seed(seed)
    normal = lambda: torch.randn(items, dimension, generator=generator, dtype=torch.float64)  # noqa: E731
    common = normal()
    return common, noise * torch.stack([normal(), normal()])


def rank_left(kind: Kind, rank: int | None, dimension: int) -> int:
    """How many axes a path leaves alone: what was asked for, or what the kind means."""
    usual = {Kind.COMPLETE: 0, Kind.TAIL: dimension - 1}.get(kind, min(1, dimension - 1))
    rank = usual if rank is None else rank
    if not 0 <= rank < dimension:
        raise ValueError(f"`rank` must be between 0 and {dimension - 1}, got {rank}.")
    if kind is Kind.COMPLETE and rank:
        raise ValueError(
            f"`rank` must be 0 where collapse is complete, got {rank}. Ask for `Kind.DIMENSIONAL`."
        )
    return rank


def path(kind: Kind, common: Tensor, own: Tensor, rank: int) -> Callable[[float], Pair]:
    """The pair at a spread ``s``: healthy at 1, collapsed at 0.

    =================  =================================================================
    complete           every item goes to ``(1, ..., 1)``
    dimensional, tail  all axes but the first ``rank`` go to 0, or to 1 if none is left
    cluster            every item goes to the mean of its cell, :func:`cells`
    temporal           every moment goes to the first of its trajectory, :func:`trajectories`
    local              as cluster, but ``rank`` axes of each cell keep their spread
    augmentation       what views share shrinks, what they do not grows in its place
    mean drift         the mean goes to ``1 / s`` along ``(1, ..., 1)``, the spread stays
    =================  =================================================================
    """
    if kind not in PATHS:
        named = ", ".join(f"Kind.{k.name}" for k in PATHS)
        raise ValueError(
            f"`kind` must be a path of the pair of embeddings, got Kind.{kind.name}: it happens "
            f"elsewhere in the network. Ask for one of {named}."
        )
    views = common + own
    if kind is Kind.AUGMENTATION:
        noise = own.square().mean().sqrt()
        return lambda s: _two(s * common + own / noise * (noise**2 + 1 - s**2).sqrt())
    if kind is Kind.MEAN_DRIFT:
        return lambda s: _two(views + (1 / s - 1))
    centres, shrinking = _towards(kind, views, rank)
    return lambda s: _two(torch.where(shrinking, centres + s * (views - centres), views))


def _two(views: Tensor) -> Pair:
    z, w = views
    return z, w


def _towards(kind: Kind, views: Tensor, rank: int) -> Pair:
    """Where each entry goes, and whether it does."""
    _, items, dimension = views.shape
    axes = torch.arange(dimension)
    if kind is Kind.TEMPORAL:
        trajectory = trajectories(items)
        first = torch.searchsorted(trajectory, trajectory)
        return views.mean(0)[first].expand_as(views), torch.tensor(True)
    if kind in (Kind.CLUSTER, Kind.LOCAL):
        cell = cells(views)
        centres = torch.stack([views[:, cell == c].mean((0, 1)) for c in cell.unique()])
        _, place = cell.unique(return_inverse=True)
        kept = (axes - cell[:, None] - 1) % dimension < rank
        shrinking = ~kept if kind is Kind.LOCAL else torch.tensor(True)
        return centres[place].expand_as(views), shrinking
    return torch.full_like(views, float(rank == 0)), axes >= rank


def cells(views: Tensor) -> Tensor:
    """The pole ``+-e_a`` that each item is nearest to, of ``2 d``: few, and of full rank."""
    both = views.sum(0)
    axis = both.abs().argmax(1)
    negative = both.gather(1, axis[:, None])[:, 0] < 0
    return axis + both.shape[1] * negative


def trajectories(items: int) -> Tensor:
    """Which trajectory each item is a moment of: of eight, or of fewer so that there are three."""
    return torch.arange(items) // min(8, max(2, items // 3))
