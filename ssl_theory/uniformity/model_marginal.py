"""The entropy a latent model implies for its own marginal."""

import math
from dataclasses import dataclass

import sympy as sp
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import LatentModel, Matching, Relation, Uniformity
from ssl_theory.spaces import Space
from ssl_theory.symmetries import Symmetry

__all__ = ["ModelMarginal"]


@dataclass(frozen=True)
class ModelMarginal(Uniformity):
    r"""Cross-entropy of ``w`` against ``p(w) = mean_j p(w | z_j)``."""

    model: LatentModel

    @property
    def space(self) -> Space:
        return self.model.space

    @property
    def relation(self) -> Relation:
        return Relation.UPPER_BOUND

    @property
    def matching(self) -> Matching:
        return Matching.MARGINAL

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        return self.model.symmetries

    def entropy(self, w: Tensor, *, given: Tensor) -> Tensor:
        log_density = self.model.log_density(w[:, None], given=given[None, :])
        return -(log_density.logsumexp(1) - math.log(len(w))).mean()

    def formula(self) -> sp.Expr:
        density = sp.exp(self.model.formula((nt.w, nt.i), given=(nt.z, nt.j)))
        return -nt.mean(sp.log(nt.mean(density, nt.j)), nt.i)
