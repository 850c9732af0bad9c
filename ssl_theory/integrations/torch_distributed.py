"""Moments and observations of what many processes hold: the same value on all of them.

Every process of the group has to call these, in the same order; one that holds no items calls with
none. Where ``torch.distributed`` is not in use they return what they are given.
"""

from dataclasses import fields
from typing import Any

import numpy as np
import torch
import torch.distributed as dist
from torch import Tensor

from ssl_theory.collapse.observation import Observation
from ssl_theory.moments import Moments

__all__ = ["agreed", "gathered", "share", "summed"]

Group = Any  # a process group, or None for all processes
WHOLE = {"codes", "prototypes"}  # parts of an observation that belong to no item


def summed(moments: Moments, group: Group = None) -> Moments:
    r"""Those of the items of all processes.

    First :math:`(n_r, n_r m_r)` are added up, which gives the common mean :math:`m`; then the
    scatters about it, :math:`S_r + n_r (m_r - m)(m_r - m)^\top`: no square of a mean is ever
    subtracted, so a mean far from zero costs no digits. Both sums are in float64.
    """
    if not _together(group):
        return moments
    roundoff, single, most, fewest = _reduced(
        [moments.roundoff, moments.single, moments.dimension, -moments.dimension],
        dist.ReduceOp.MAX,
        group,
    )
    if most != -fewest:
        raise ValueError(
            f"`moments` must have the same dimension in every process, got {moments.dimension} "
            f"here and from {-fewest:g} to {most:g} elsewhere. Sum what one encoder has embedded."
        )
    own = moments.count * moments.mean
    count, *total = _reduced([moments.count, *own], dist.ReduceOp.SUM, group)
    if count == 0:
        return moments
    mean = np.array(total) / count
    scatter = np.zeros((moments.dimension, moments.dimension))
    if moments.count:
        apart = moments.mean - mean
        within = moments.covariance(ddof=0)
        scatter = moments.count * (within + np.outer(apart, apart))
    scatter = _reduced(scatter, dist.ReduceOp.SUM, group)
    return Moments(int(count), mean, None, scatter, float(roundoff), bool(single))


def agreed(seen: Observation, group: Group = None) -> Observation:
    """What the first process sees, for all.

    Processes that train one model do not quite see the same: each has its own running means.
    """
    if not _together(group):
        return seen
    first = [_parts(seen)]
    source = 0 if group is None else dist.get_global_rank(group, 0)
    dist.broadcast_object_list(first, source, group=group)
    return Observation(**first[0])


def gathered(seen: Observation, group: Group = None) -> Observation:
    """The items of all processes, one process after the other: what one alone would have seen.

    What belongs to no item, as the prototypes, is the first process's.
    """
    if not _together(group):
        return seen
    everyone: list[Any] = [None] * dist.get_world_size(group)
    dist.all_gather_object(everyone, _parts(seen), group=group)
    found = dict(everyone[0])
    for name, first in found.items():
        if name not in WHOLE and first is not None:
            found[name] = np.concatenate([one[name] for one in everyone])
    return Observation(**found)


def share(items: int, group: Group = None) -> slice:
    """Which of ``items`` this process embeds, so that :func:`gathered` restores their order.

    >>> share(1000)
    slice(0, 1000, None)
    """
    if not _together(group):
        return slice(0, items)
    rank, size = dist.get_rank(group), dist.get_world_size(group)
    return slice(items * rank // size, items * (rank + 1) // size)


def _parts(seen: Observation) -> dict[str, Any]:
    return {field.name: getattr(seen, field.name) for field in fields(seen)}


def _together(group: Group) -> bool:
    return dist.is_available() and dist.is_initialized() and dist.get_world_size(group) > 1


def _reduced(numbers: Any, operation: Any, group: Group) -> np.ndarray:
    """The numbers of all processes, in float64: on the CPU, or where the group can reduce."""
    on_gpu = dist.get_backend(group) == "nccl"
    device = torch.device("cuda", torch.cuda.current_device()) if on_gpu else torch.device("cpu")
    flat: Tensor = torch.as_tensor(np.asarray(numbers, dtype=np.float64)).to(device, copy=True)
    dist.all_reduce(flat, operation, group=group)
    return flat.cpu().numpy()
