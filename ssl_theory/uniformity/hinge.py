"""VICReg's variance and covariance penalties."""

from dataclasses import dataclass

import sympy as sp
import torch
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import Matching, Relation, Uniformity
from ssl_theory.symmetries import ISOMETRIES, Symmetry

__all__ = ["Hinge"]


@dataclass(frozen=True)
class Hinge(Uniformity):
    """Keep each axis' deviation above one, and the axes uncorrelated."""

    variance_weight: float = 25.0
    covariance_weight: float = 1.0
    floor: float = 1e-4

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
        return ISOMETRIES - {Symmetry.ROTATION}

    def entropy(self, w: Tensor, *, given: Tensor) -> Tensor:
        centred = w - w.mean(0)
        cov = centred.T @ centred / (len(w) - 1)
        shortfall = torch.relu(1 - (cov.diagonal() + self.floor).sqrt()).mean()
        off_diagonal = (cov - cov.diagonal().diag()).square().sum() / w.shape[1]
        return -self.variance_weight * shortfall - self.covariance_weight * off_diagonal

    def formula(self) -> sp.Expr:
        mu, nu, floor = (
            nt.parameter(name, getattr(self, name))
            for name in ("variance_weight", "covariance_weight", "floor")
        )
        unbiased = nt.n / (nt.n - 1)
        variance, entry = (unbiased * nt.covariance(nt.w, nt.a, b) for b in (nt.a, nt.b))
        shortfall = nt.over_axes(sp.Max(0, 1 - sp.sqrt(variance + floor)), nt.a)
        off_diagonal = nt.over_axes(entry**2, nt.a, nt.b) - nt.over_axes(variance**2, nt.a)
        return -(mu * shortfall + nu * off_diagonal) / nt.d
