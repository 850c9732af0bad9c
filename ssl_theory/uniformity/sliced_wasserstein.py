"""How far the embeddings must be carried, along random directions, to become a sparse sample."""

import math
from dataclasses import dataclass

import numpy as np
import sympy as sp
import torch
from scipy.optimize import linear_sum_assignment
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import Matching, Relation, Uniformity
from ssl_theory.symmetries import Symmetry
from ssl_theory.uniformity.sliced_epps_pulley import directions

__all__ = ["SlicedWasserstein", "rectified_sample"]


@dataclass(frozen=True)
class SlicedWasserstein(Uniformity):
    r"""Minus the squared Wasserstein distance to a rectified sample, ``d`` times.

    ``d`` times, because a vector's squared length is ``d`` times its mean square along directions.
    The sample has as many items as the batch, each axis ``max(0, shift + e)`` of a generalised
    normal ``e`` of unit variance, which has the most entropy among laws of its mean ``|e|^shape``.
    Sample and directions are those that the seed draws, the same at every call; pass another seed
    to redraw both. [kuang2026rectified]
    """

    weight: float = 1.0
    shape: float = 1.0
    shift: float = 0.0
    slices: int = 256
    seed: int = 0

    def __post_init__(self) -> None:
        if not self.shape > 0:
            raise ValueError(
                f"`shape` must be positive, got {self.shape}: no power of a distance falls that "
                "way. Use 1 for Laplace, 2 for a Gaussian."
            )
        if self.slices < 1:
            raise ValueError(
                f"`slices` must be at least 1, got {self.slices}: a distance needs a direction to "
                "look along. Use a few hundred."
            )

    @property
    def space(self) -> None:
        return None

    @property
    def relation(self) -> Relation:
        return Relation.SURROGATE

    @property
    def matching(self) -> Matching:
        return Matching.MARGINAL

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        return frozenset({Symmetry.REORDERING})

    def entropy(self, w: Tensor, *, given: Tensor) -> Tensor:
        n, d = w.shape
        columns = directions(d, self.slices, self.seed).to(w)
        target = rectified_sample(n, d, self.shape, self.shift, self.seed).to(w)
        # On a line the cheapest way to carry one sample to another is in order.
        carried = (w @ columns).sort(0).values - (target @ columns).sort(0).values
        return -self.weight * d * carried.square().mean()

    def formula(self) -> sp.Expr:
        part = self

        class Distance(nt.Closed):
            def letters(self, view: str) -> str:
                return rf"\overline{{W_2^2}}\left({view}\right)"

            def open(self, views: nt.Views) -> sp.Expr:
                view = views[str(self.args[0])]
                n, d = view.shape
                columns = directions(d, part.slices, part.seed).numpy()
                target = rectified_sample(n, d, part.shape, part.shift, part.seed).numpy()
                costs = (view @ columns)[:, None] - (target @ columns)[None, :]
                squares = np.moveaxis(costs**2, 2, 0)
                cheapest = [cost[linear_sum_assignment(cost)].mean() for cost in squares]
                return sp.Float(np.mean(cheapest), nt.DIGITS)

        return -nt.parameter("weight", self.weight) * nt.d * Distance(nt.w.label)


def rectified_sample(n: int, d: int, shape: float, shift: float, seed: int) -> Tensor:
    """``(n, d)`` draws of ``max(0, shift + e)``, where ``e`` is generalised normal of variance one.

    Half of the entries are zero where nothing is shifted.

    >>> found = rectified_sample(400, 50, shape=1.0, shift=0.0, seed=0)
    >>> abs((found > 0).double().mean().item() - 0.5) < 5 * 0.5 / 20_000**0.5
    True
    """
    rng = np.random.default_rng(seed)
    scale = math.exp((math.lgamma(1 / shape) - math.lgamma(3 / shape)) / 2)
    sizes = scale * rng.gamma(1 / shape, size=(n, d)) ** (1 / shape)
    drawn = np.where(rng.random((n, d)) < 0.5, -sizes, sizes)
    return torch.from_numpy(np.maximum(0, shift + drawn))
