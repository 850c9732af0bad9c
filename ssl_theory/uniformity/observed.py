"""The entropy of what is observed and not encoded."""

from dataclasses import dataclass

import sympy as sp
from torch import Tensor

from ssl_theory.latent_distribution_matching import Matching, Relation, Uniformity
from ssl_theory.symmetries import Symmetry

__all__ = ["Observed"]


@dataclass(frozen=True)
class Observed(Uniformity):
    """A constant, counted as zero: pixels and labels do not depend on the encoder.

    Where the target is data nothing has to keep it from collapsing, and minimising the
    alignment alone is maximum likelihood. A profile that shrinks both views says what would
    happen if the data did.
    """

    @property
    def space(self) -> None:
        return None

    @property
    def relation(self) -> Relation:
        return Relation.CONSTRAINT

    @property
    def matching(self) -> Matching:
        return Matching.MARGINAL

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        return frozenset(Symmetry)

    def entropy(self, w: Tensor, *, given: Tensor) -> Tensor:
        return w.new_zeros(())

    def formula(self) -> sp.Expr:
        return sp.Integer(0)
