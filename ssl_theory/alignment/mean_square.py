"""The Gaussian latent model whose surprise is a mean over coordinates."""

import math
from dataclasses import dataclass

import sympy as sp
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import LatentModel
from ssl_theory.spaces import Euclidean
from ssl_theory.symmetries import ISOMETRIES, Symmetry

__all__ = ["MeanSquare"]


@dataclass(frozen=True)
class MeanSquare(LatentModel):
    r"""``w`` is ``z`` plus noise of variance ``d / (2 weight)`` in every direction.

    Its surprise is ``weight`` times the squared distance *averaged* over coordinates, which is
    what a library's mean squared error computes: the wider the embedding, the softer the model.
    """

    weight: float = 1.0

    def __post_init__(self) -> None:
        if not self.weight > 0:
            raise ValueError(
                f"`weight` must be positive, got {self.weight}: without one the views need not "
                "agree. Use a large weight for a sharp model."
            )

    @property
    def space(self) -> Euclidean:
        return Euclidean()

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        return ISOMETRIES

    def log_density(self, w: Tensor, *, given: Tensor) -> Tensor:
        d = w.shape[-1]
        mean_square = (w - given).square().mean(-1)
        return -self.weight * mean_square - d / 2 * math.log(math.pi * d / self.weight)

    def formula(self, w: tuple, *, given: tuple) -> sp.Expr:
        weight = nt.parameter("weight", self.weight)
        return -weight * nt.sq_dist(w, given) / nt.d + self.log_normaliser()

    def log_normaliser(self) -> sp.Expr:
        return -nt.d / 2 * sp.log(sp.pi * nt.d / nt.parameter("weight", self.weight))
