"""The entropy of a kernel density estimate of one view."""

import math
from dataclasses import dataclass

import sympy as sp
import torch
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import LatentModel, Matching, Relation, Uniformity
from ssl_theory.spaces import Space
from ssl_theory.symmetries import Symmetry

__all__ = ["KernelDensity"]


@dataclass(frozen=True)
class KernelDensity(Uniformity):
    r"""Cross-entropy of ``w_i`` against the mean of a kernel around the other ``w_j``.

    At a fixed width it tends to the cross-entropy against the smoothed law, above the entropy by
    the divergence of the two. Left out of its own density, an item is never told its own place
    and the bound holds in expectation at every batch size. With ``itself`` the estimate cannot
    pass ``log n`` plus the logarithm of the kernel's volume, however far the items spread.
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
        return Matching.MARGINAL

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        return self.kernel.symmetries

    def entropy(self, w: Tensor, *, given: Tensor) -> Tensor:
        n = len(w)
        log_density = self.kernel.log_density(w[:, None], given=w[None, :])
        if not self.itself:
            own = torch.eye(n, dtype=torch.bool, device=w.device)
            log_density = log_density.masked_fill(own, -math.inf)
        return math.log(n - 1 + self.itself) - log_density.logsumexp(1).mean()

    def formula(self) -> sp.Expr:
        density = sp.exp(self.kernel.formula((nt.w, nt.i), given=(nt.w, nt.j)))
        others = density if self.itself else density * (1 - sp.KroneckerDelta(nt.i, nt.j))
        total = sp.Sum(others, (nt.j, 1, nt.n))
        return -nt.mean(sp.log(total / (nt.n - 1 + int(self.itself))), nt.i)
