"""A latent model of embeddings whose moments over the batch are held fixed."""

from dataclasses import dataclass

import sympy as sp
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.batch_spaces import Standardised, Whitened
from ssl_theory.latent_distribution_matching import LatentModel
from ssl_theory.spaces import Euclidean
from ssl_theory.symmetries import Symmetry

__all__ = ["Restricted"]


@dataclass(frozen=True)
class Restricted(LatentModel):
    """``model``, of embeddings that were put on a smaller space first, then on the model's own.

    The density is normalised where ``model`` normalises it.
    """

    model: LatentModel
    to: Standardised | Whitened

    @property
    def space(self) -> Standardised | Whitened:
        return self.to

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        return self.model.symmetries & self.to.commutes

    def log_density(self, w: Tensor, *, given: Tensor) -> Tensor:
        project = self.model.space.project
        return self.model.log_density(project(w), given=project(given))

    def formula(self, w: tuple, *, given: tuple) -> sp.Expr:
        formula = self.model.formula(w, given=given)
        return formula if self.model.space == Euclidean() else nt.of_directions(formula)

    def log_normaliser(self) -> sp.Expr:
        return self.model.log_normaliser()
