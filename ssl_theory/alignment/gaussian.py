"""The isotropic Gaussian latent model."""

import math
from dataclasses import dataclass

import sympy as sp
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import LatentModel
from ssl_theory.spaces import Euclidean
from ssl_theory.symmetries import ISOMETRIES, Symmetry

__all__ = ["Gaussian"]


@dataclass(frozen=True)
class Gaussian(LatentModel):
    r"""``w`` is ``z`` plus noise of variance ``variance`` in every direction."""

    variance: float = 1.0

    def __post_init__(self) -> None:
        if not self.variance > 0:
            raise ValueError(
                f"`variance` must be positive, got {self.variance}: a density needs some width. "
                "Use a small variance for a sharp model."
            )

    @property
    def space(self) -> Euclidean:
        return Euclidean()

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        return ISOMETRIES

    def log_density(self, w: Tensor, *, given: Tensor) -> Tensor:
        d = w.shape[-1]
        sq_dist = (w - given).square().sum(-1)
        return -sq_dist / (2 * self.variance) - d / 2 * math.log(2 * math.pi * self.variance)

    def formula(self, w: tuple, *, given: tuple) -> sp.Expr:
        variance = nt.parameter("variance", self.variance)
        return -nt.sq_dist(w, given) / (2 * variance) + self.log_normaliser()

    def log_normaliser(self) -> sp.Expr:
        return -nt.d / 2 * sp.log(2 * sp.pi * nt.parameter("variance", self.variance))
