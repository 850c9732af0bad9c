"""Barlow Twins' penalty on the correlations across the views."""

from dataclasses import dataclass

import sympy as sp
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.batch_spaces import Standardised
from ssl_theory.latent_distribution_matching import Matching, Relation, Uniformity
from ssl_theory.symmetries import ISOMETRIES, Symmetry

__all__ = ["CrossCorrelation"]


@dataclass(frozen=True)
class CrossCorrelation(Uniformity):
    r"""``sum_a (1 - C_aa^2) - weight sum_{a != b} C_ab^2`` of the correlations ``C`` across views.

    Twice the second-order log determinant of the pair loses ``sum_ab C_ab^2`` to the correlations
    across the views, and as much to those within each: these are left out, and all but the
    diagonal is weighted.
    """

    weight: float = 0.005

    @property
    def space(self) -> Standardised:
        return Standardised()

    @property
    def relation(self) -> Relation:
        return Relation.SURROGATE

    @property
    def matching(self) -> Matching:
        return Matching.JOINT

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        return ISOMETRIES if self.weight == 1 else ISOMETRIES - {Symmetry.ROTATION}

    def entropy(self, w: Tensor, *, given: Tensor) -> Tensor:
        squares = (given.T @ w / len(w)).square()
        own = squares.trace()
        return w.shape[1] - own - self.weight * (squares.sum() - own)

    def formula(self) -> sp.Expr:
        weight = nt.parameter("weight", self.weight)
        own, other = (nt.mean(nt.z[nt.i, nt.a] * nt.w[nt.i, c], nt.i) for c in (nt.a, nt.b))
        everything = weight * nt.over_axes(other**2, nt.a, nt.b)
        return nt.d - (1 - weight) * nt.over_axes(own**2, nt.a) - everything
