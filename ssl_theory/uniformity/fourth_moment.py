"""The fourth moment by which the spectral contrastive loss spreads embeddings."""

from dataclasses import dataclass

import sympy as sp
import torch
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import Matching, Relation, Uniformity
from ssl_theory.symmetries import Symmetry

__all__ = ["FourthMoment"]


@dataclass(frozen=True)
class FourthMoment(Uniformity):
    r"""``E |w|^2 - E <w, z'>^2 / 2`` over items that are not partners.

    Where the views share their second moment ``M`` this is ``(d - |M - I|^2) / 2``: it is greatest
    when no direction is longer than another and the mean is zero. It estimates that without
    bias, because no item is its own negative. [haochen2021spectral]
    """

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
        return frozenset({Symmetry.REORDERING, Symmetry.AXES, Symmetry.ROTATION})

    def entropy(self, w: Tensor, *, given: Tensor) -> Tensor:
        n = len(w)
        partner = torch.eye(n, dtype=torch.bool, device=w.device)
        overlap = (w @ given.T).square().masked_fill(partner, 0).sum() / (n * (n - 1))
        return w.square().sum(1).mean() - overlap / 2

    def formula(self) -> sp.Expr:
        overlap = nt.inner((nt.w, nt.i), (nt.z, nt.j)) ** 2 * (1 - sp.KroneckerDelta(nt.i, nt.j))
        others = sp.Sum(overlap, (nt.j, 1, nt.n)) / (nt.n - 1)
        length = nt.inner((nt.w, nt.i), (nt.w, nt.i))
        return nt.mean(length, nt.i) - nt.mean(others, nt.i) / 2
