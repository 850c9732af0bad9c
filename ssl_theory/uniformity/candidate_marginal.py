"""What a prediction leaves for the targets it was not made for."""

import math
from dataclasses import dataclass

import sympy as sp
import torch
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import LatentModel, Matching, Relation, Uniformity
from ssl_theory.spaces import Space
from ssl_theory.symmetries import Symmetry

__all__ = ["CandidateMarginal"]


class _Origin:
    def __getitem__(self, indices: tuple[sp.Symbol, sp.Symbol]) -> sp.Expr:
        return sp.Integer(0)


@dataclass(frozen=True)
class CandidateMarginal(Uniformity):
    r"""``-mean_i log mean_j r(w_j | z_i) - mean_i log p_0(w_i)``, with ``r = p(w | z) / p_0(w)``.

    Where :class:`ModelMarginal` asks one target of all contexts, this asks one context of all
    targets, as contrastive predictive coding does. ``p_0`` is the ``noise`` model around the
    origin, and where it is the law of the targets the first mean is zero, whatever is predicted,
    and this is their entropy. Elsewhere no inequality holds: a prediction may be far from every
    target.
    """

    model: LatentModel
    noise: LatentModel

    @property
    def space(self) -> Space:
        return self.model.space

    @property
    def relation(self) -> Relation:
        return Relation.SURROGATE

    @property
    def matching(self) -> Matching:
        return Matching.MARGINAL

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        return self.model.symmetries

    def entropy(self, w: Tensor, *, given: Tensor) -> Tensor:
        log_noise = self.noise.log_density(w, given=torch.zeros_like(w))
        ratio = self.model.log_density(w[None, :], given=given[:, None]) - log_noise
        return math.log(len(w)) - ratio.logsumexp(1).mean() - log_noise.mean()

    def formula(self) -> sp.Expr:
        origin = (_Origin(), nt.j)
        ratio = sp.exp(
            self.model.formula((nt.w, nt.j), given=(nt.z, nt.i))
            - self.noise.formula((nt.w, nt.j), given=origin)
        )
        log_noise = self.noise.formula((nt.w, nt.i), given=origin)
        return -nt.mean(sp.log(nt.mean(ratio, nt.j)) + log_noise, nt.i)
