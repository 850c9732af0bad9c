"""The Renyi entropy of a spectrum."""

from dataclasses import dataclass

import sympy as sp
import torch
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import Matching, Relation, Uniformity
from ssl_theory.symmetries import ISOMETRIES, Symmetry

__all__ = ["MatrixRenyi"]


@dataclass(frozen=True)
class MatrixRenyi(Uniformity):
    r"""``log(sum_a p_a^order) / (1 - order)`` of the shares ``p`` of the second moment's spectrum.

    The logarithm of the number of directions in use: at most ``log d``. Order 1 is the von
    Neumann entropy, order 2 minus the logarithm of a squared Frobenius norm.
    """

    order: float = 2.0

    def __post_init__(self) -> None:
        if not self.order > 0:
            raise ValueError(
                f"`order` must be positive, got {self.order}: order 0 counts directions however "
                "weak, and has no gradient. Use 1 or 2."
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
        return (ISOMETRIES - {Symmetry.TRANSLATION}) | {Symmetry.SCALE}

    def entropy(self, w: Tensor, *, given: Tensor) -> Tensor:
        powers = torch.linalg.svdvals(w).square()
        shares = powers / powers.sum()
        if self.order == 1:
            return -torch.special.xlogy(shares, shares).sum()
        return shares.pow(self.order).sum().log() / (1 - self.order)

    def formula(self) -> sp.Expr:
        total = nt.mean(nt.over_axes(nt.w[nt.i, nt.a] ** 2, nt.a), nt.i)
        share = nt.mean(nt.w[nt.i, nt.a] * nt.w[nt.i, nt.b], nt.i) / total
        if self.order == 1:
            return -nt.spectral_trace(nt.eigenvalue * sp.log(nt.eigenvalue), share)
        order = nt.parameter("order", self.order)
        return sp.log(nt.spectral_trace(nt.eigenvalue**order, share)) / (1 - order)
