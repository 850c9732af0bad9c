"""Learned prototypes, which turn embeddings into the scores of codes."""

import copy
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import sympy as sp
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.functional import linear, normalize

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import LatentModel
from ssl_theory.spaces import Sphere
from ssl_theory.symmetries import Symmetry

__all__ = ["Directions", "Scored"]


class Directions(nn.Module):
    """Inner products with unit prototypes, drawn from a seed.

    >>> Directions(3, codes=4)
    Directions(dimension=3, codes=4)
    """

    def __init__(self, dimension: int, codes: int, seed: int = 0) -> None:
        super().__init__()
        generator = torch.Generator().manual_seed(seed)
        drawn = torch.randn(codes, dimension, generator=generator, dtype=torch.float64)
        self.weight = nn.Parameter(drawn)

    def forward(self, z: Tensor) -> Tensor:
        return linear(z, normalize(self.weight).to(z.dtype))

    def extra_repr(self) -> str:
        codes, dimension = self.weight.shape
        return f"dimension={dimension}, codes={codes}"


@dataclass(frozen=True)
class Scored(LatentModel):
    """``model`` of scores: ``prototypes`` give those of ``z``, a ``teacher`` those of ``w``.

    The prototypes learn from what they predict. The teacher is state: a slow copy of them, or
    :meth:`updated`, a copy as they are now.
    """

    model: LatentModel
    prototypes: Directions
    teacher: Directions

    @property
    def space(self) -> Sphere:
        return Sphere()

    @property
    def dimensions(self) -> tuple[int, ...]:
        """The one width of the prototypes."""
        return (self.prototypes.weight.shape[1],)

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        return frozenset({Symmetry.REORDERING})

    def log_density(self, w: Tensor, *, given: Tensor) -> Tensor:
        return self.model.log_density(self.teacher(w), given=self.prototypes(given))

    def updated(self) -> "Scored":
        """The same with a teacher that is the prototypes of this moment, held fixed."""
        return replace(self, teacher=copy.deepcopy(self.prototypes).requires_grad_(False))

    def formula(self, w: tuple, *, given: tuple) -> sp.Expr:
        target, context = (
            (nt.Entries(rf"\left({view} {letter}^\top\right)", _scores(module, str(view))), index)
            for (view, index), letter, module in (
                (w, r"\bar c", self.teacher),
                (given, "c", self.prototypes),
            )
        )
        return self.model.formula(target, given=context).subs(nt.d, len(self.prototypes.weight))

    def log_normaliser(self) -> sp.Expr:
        return self.model.log_normaliser().subs(nt.d, len(self.prototypes.weight))


def _scores(module: Directions, view: str) -> Callable[[nt.Views], NDArray[np.float64]]:
    return lambda views: module(torch.tensor(views[view])).detach().double().numpy()
