"""The entropy a latent model implies for both views thrown together."""

import math
from dataclasses import dataclass

import sympy as sp
import torch
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import LatentModel, Matching, Relation, Uniformity
from ssl_theory.spaces import Space
from ssl_theory.symmetries import Symmetry

__all__ = ["PooledMarginal"]


@dataclass(frozen=True)
class PooledMarginal(Uniformity):
    r"""Cross-entropy of ``w_i`` against the mean of ``p(w_i | .)`` over the rest of both views.

    The rest is every ``z_j`` and every ``w_j`` but ``w_i`` itself. Without the ``partner``
    ``z_i`` what remains is independent of ``w_i``, so the cross-entropy is then at least the
    entropy in expectation at every batch size, and with it as the batch grows.
    """

    model: LatentModel
    partner: bool = True

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
        n = len(w)
        both = torch.cat([given, w])
        log_density = self.model.log_density(w[:, None], given=both[None, :])
        itself = torch.eye(n, dtype=torch.bool, device=w.device)
        absent = torch.cat([itself & (not self.partner), itself], dim=1)
        log_density = log_density.masked_fill(absent, -math.inf)
        return math.log(2 * n - 2 + self.partner) - log_density.logsumexp(1).mean()

    def formula(self) -> sp.Expr:
        across, within = (
            sp.exp(self.model.formula((nt.w, nt.i), given=(view, nt.j))) for view in (nt.z, nt.w)
        )
        other = 1 - sp.KroneckerDelta(nt.i, nt.j)
        rest = across * (1 if self.partner else other) + within * other
        count = 2 * nt.n - 2 + int(self.partner)
        return -nt.mean(sp.log(sp.Sum(rest, (nt.j, 1, nt.n)) / count), nt.i)
