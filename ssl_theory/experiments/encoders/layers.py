"""The one thing that every encoder is made of: an affine map, of one run or of many."""

import itertools
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import linear

from ssl_theory.experiments.encoders.encoder import Weights

__all__ = ["affine", "check_sizes", "drawn_layers", "is_stacked"]


def drawn_layers(
    sizes: Sequence[int], seed: int, bias: bool = True, name: str = "", part: int = 0
) -> Weights:
    r"""Matrices ``(inputs, outputs)`` between layers of these sizes, and a bias to each.

    All numbers are uniform between :math:`\pm 1/\sqrt{\text{inputs}}`, as torch draws its own
    linear layers. Parts of an encoder have numbers of their own.
    """
    # A stream of its own: a process that is drawn from by the same seed shares nothing with it.
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(1, part)))
    weights: Weights = {}
    for layer, (inputs, outputs) in enumerate(itertools.pairwise(sizes)):
        bound = inputs**-0.5
        shapes = {"weight": (inputs, outputs), **({"bias": (outputs,)} if bias else {})}
        for kind, shape in shapes.items():
            weights[f"{name}{kind}{layer}"] = torch.from_numpy(rng.uniform(-bound, bound, shape))
    return weights


def affine(x: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """``x @ weight + bias`` over the last axis; run by run where ``weight`` has three axes."""
    if not is_stacked(weight):
        return linear(x, weight.T, bias)
    items = x.flatten(1, -2)
    mapped = items @ weight if bias is None else torch.baddbmm(bias[:, None], items, weight)
    return mapped.reshape(*x.shape[:-1], weight.shape[-1])


def is_stacked(weight: Tensor) -> bool:
    """Whether a matrix is one for each of many runs."""
    return weight.ndim == 3


def check_sizes(name: str, *sizes: int) -> None:
    """Refuse layers of no units."""
    if not sizes or min(sizes) < 1:
        got = sizes[0] if len(sizes) == 1 else sizes
        raise ValueError(f"`{name}` must be at least 1, got {got}. Give a layer some units.")
