"""The coding rate of both views as one batch."""

from dataclasses import dataclass

import sympy as sp
import torch
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import Matching, Relation, Uniformity
from ssl_theory.symmetries import Symmetry
from ssl_theory.uniformity.coding_rate import CodingRate

__all__ = ["PooledCodingRate"]


@dataclass(frozen=True)
class PooledCodingRate(Uniformity):
    r"""The coding rate of the ``2n`` items of both views, at least the mean of theirs.

    A log determinant is concave, and the pooled second moment is the mean of the views' own.
    """

    distortion: float = 0.5

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
        return CodingRate(self.distortion).symmetries

    def entropy(self, w: Tensor, *, given: Tensor) -> Tensor:
        both = torch.cat([given, w])
        return CodingRate(self.distortion).entropy(both, given=both)

    def formula(self) -> sp.Expr:
        snr = nt.d / nt.parameter("distortion", self.distortion)
        moments = (nt.mean(x[nt.i, nt.a] * x[nt.i, nt.b], nt.i) / 2 for x in (nt.z, nt.w))
        return nt.spectral_trace(sp.log(1 + snr * nt.eigenvalue), sp.Add(*moments)) / 2
