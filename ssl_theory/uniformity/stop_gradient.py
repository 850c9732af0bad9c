"""The predictor's own surprise, held fixed: what stop-gradients do."""

from dataclasses import dataclass

import sympy as sp
import torch
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import LatentModel, Matching, Relation, Uniformity
from ssl_theory.spaces import Space
from ssl_theory.symmetries import Symmetry

__all__ = ["StopGradient"]


@dataclass(frozen=True)
class StopGradient(Uniformity):
    r"""``-mean_i log p(w_i | z_i)`` where only ``w`` may move.

    A calibrated predictor's surprise is the conditional entropy ``H[w | z]``, so it cancels the
    alignment in value: no scalar is minimised. Of the gradient it cancels what reaches the target,
    and leaves that of ``-log p(sg[w] | z)``. With the best predictor, kept best, and one encoder
    for both views that field is half the gradient of their mutual information.
    """

    model: LatentModel

    @property
    def space(self) -> Space:
        return self.model.space

    @property
    def relation(self) -> Relation:
        return Relation.IMPLICIT

    @property
    def matching(self) -> Matching:
        return Matching.STOP_GRADIENT

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        return self.model.symmetries

    def entropy(self, w: Tensor, *, given: Tensor) -> Tensor:
        target = w.detach()
        if not (w.requires_grad and torch.is_grad_enabled()):
            return -self.model.log_density(target, given=given).mean().detach()
        surprise = -self.model.log_density(target.requires_grad_(), given=given).mean()
        # The slope in w is a number here: neither z nor the parameters of the model feel it.
        (slope,) = torch.autograd.grad(surprise, target)
        return surprise.detach() + (slope * (w - w.detach())).sum()

    def formula(self) -> sp.Expr:
        return -nt.mean(self.model.formula((nt.w, nt.i), given=(nt.still, nt.i)), nt.i)
