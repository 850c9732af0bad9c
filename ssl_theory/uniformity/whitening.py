"""The whitening constraint."""

from dataclasses import dataclass

import sympy as sp
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.batch_spaces import Whitened
from ssl_theory.latent_distribution_matching import Matching, Relation, Uniformity
from ssl_theory.symmetries import ISOMETRIES, Symmetry
from ssl_theory.uniformity.gaussian_log_determinant import GaussianLogDeterminant

__all__ = ["Whitening"]


@dataclass(frozen=True)
class Whitening(Uniformity):
    r"""``d / 2 log(2 pi e)``: on whitened batches, the Gaussian bound on entropy is a constant.

    Nothing pushes the embeddings apart, because nothing lets them come together.
    """

    @property
    def space(self) -> Whitened:
        return Whitened()

    @property
    def relation(self) -> Relation:
        return Relation.CONSTRAINT

    @property
    def matching(self) -> Matching:
        return Matching.MARGINAL

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        return ISOMETRIES

    def entropy(self, w: Tensor, *, given: Tensor) -> Tensor:
        # Measured and not asserted, so that the constraint is seen to hold.
        return GaussianLogDeterminant().entropy(w, given=given)

    def formula(self) -> sp.Expr:
        return nt.d / 2 * sp.log(2 * sp.pi * sp.E)
