"""A latent model of codes, whose scores learned prototypes give."""

import copy
from dataclasses import dataclass, replace

import sympy as sp
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.codes import Directions
from ssl_theory.latent_distribution_matching import LatentModel
from ssl_theory.spaces import Sphere
from ssl_theory.symmetries import Symmetry

__all__ = ["Scored"]


@dataclass(frozen=True)
class Scored(LatentModel):
    """``model`` of scores: ``prototypes`` give those of ``z``, a ``teacher`` those of ``w``.

    The prototypes learn from what they predict. The teacher is state: a slow copy of them, or
    :meth:`updated`, a copy as they are now.
    """

    model: LatentModel
    prototypes: Directions
    teacher: Directions

    @property
    def space(self) -> Sphere:
        return Sphere()

    @property
    def dimensions(self) -> tuple[int, ...]:
        """The one width of the prototypes."""
        return (self.prototypes.weight.shape[1],)

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        return frozenset({Symmetry.REORDERING})

    def log_density(self, w: Tensor, *, given: Tensor) -> Tensor:
        return self.model.log_density(self.teacher(w), given=self.prototypes(given))

    def updated(self) -> "Scored":
        """The same with a teacher that is the prototypes of this moment, held fixed."""
        return replace(self, teacher=copy.deepcopy(self.prototypes).requires_grad_(False))

    def formula(self, w: tuple, *, given: tuple) -> sp.Expr:
        target = self.teacher.entries(str(w[0]), r"\bar c"), w[1]
        context = self.prototypes.entries(str(given[0])), given[1]
        return self.model.formula(target, given=context).subs(nt.d, len(self.prototypes.weight))

    def log_normaliser(self) -> sp.Expr:
        return self.model.log_normaliser().subs(nt.d, len(self.prototypes.weight))
