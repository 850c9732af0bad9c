"""The quadratic Renyi entropy of a kernel density estimate."""

import math
from dataclasses import dataclass

import sympy as sp
import torch
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import LatentModel, Matching, Relation, Uniformity
from ssl_theory.spaces import Space
from ssl_theory.symmetries import Symmetry

__all__ = ["QuadraticRenyi"]


@dataclass(frozen=True)
class QuadraticRenyi(Uniformity):
    """``-log`` of the mean density of one item at another: repulsion by a potential.

    An item is not its own neighbour: with the self pairs the estimate would be bounded by the
    density at zero distance however far the items spread.
    """

    kernel: LatentModel

    @property
    def space(self) -> Space:
        return self.kernel.space

    @property
    def relation(self) -> Relation:
        return Relation.SURROGATE

    @property
    def matching(self) -> Matching:
        return Matching.MARGINAL

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        return self.kernel.symmetries

    def entropy(self, w: Tensor, *, given: Tensor) -> Tensor:
        n = len(w)
        log_density = self.kernel.log_density(w[:, None], given=w[None, :])
        itself = torch.eye(n, dtype=torch.bool, device=w.device)
        log_density = log_density.masked_fill(itself, -math.inf)
        return math.log(n * (n - 1)) - log_density.flatten().logsumexp(0)

    def formula(self) -> sp.Expr:
        density = sp.exp(self.kernel.formula((nt.w, nt.i), given=(nt.w, nt.j)))
        others = sp.Sum(density * (1 - sp.KroneckerDelta(nt.i, nt.j)), (nt.j, 1, nt.n))
        return -sp.log(nt.mean(others / (nt.n - 1), nt.i))
