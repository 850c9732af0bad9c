"""The entropy of a kernel density estimate of the pair."""

import math
from dataclasses import dataclass

import sympy as sp
import torch
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import LatentModel, Matching, Relation, Uniformity
from ssl_theory.spaces import Space
from ssl_theory.symmetries import Symmetry

__all__ = ["JointKernelDensity"]


@dataclass(frozen=True)
class JointKernelDensity(Uniformity):
    r"""``H[z, w]`` with one kernel per view: two pairs are near if both their views are.

    Where :class:`KernelDensity` of each view counts what the views share twice, this counts it
    once: the difference is the mutual information. ``itself`` as there.
    """

    kernel: LatentModel
    itself: bool = False

    @property
    def space(self) -> Space:
        return self.kernel.space

    @property
    def relation(self) -> Relation:
        return Relation.UPPER_BOUND

    @property
    def matching(self) -> Matching:
        return Matching.JOINT

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        return self.kernel.symmetries

    def entropy(self, w: Tensor, *, given: Tensor) -> Tensor:
        n = len(w)
        views = torch.stack([given, w])
        log_density = self.kernel.log_density(views[:, :, None], given=views[:, None, :]).sum(0)
        if not self.itself:
            own = torch.eye(n, dtype=torch.bool, device=w.device)
            log_density = log_density.masked_fill(own, -math.inf)
        return math.log(n - 1 + self.itself) - log_density.logsumexp(1).mean()

    def formula(self) -> sp.Expr:
        each = (self.kernel.formula((x, nt.i), given=(x, nt.j)) for x in (nt.z, nt.w))
        density = sp.exp(sum(each))
        others = density if self.itself else density * (1 - sp.KroneckerDelta(nt.i, nt.j))
        total = sp.Sum(others, (nt.j, 1, nt.n))
        return -nt.mean(sp.log(total / (nt.n - 1 + int(self.itself))), nt.i)
