"""Sources that follow a law of their own, whatever the other view says."""

from dataclasses import dataclass

import sympy as sp
import torch
from torch import Tensor

from ssl_theory.latent_distribution_matching import LatentModel
from ssl_theory.spaces import Euclidean, Space
from ssl_theory.symmetries import Symmetry

__all__ = ["IndependentSources"]


@dataclass(frozen=True)
class IndependentSources(LatentModel):
    r"""``p(w | z) = law(w | 0)``: the latent model of a single variable.

    Its axes are independent if those of ``law`` are, as in a Laplace or logistic law. With a
    Gaussian law every rotation fits as well, so the sources stay unknown. [comon1994ica]
    """

    law: LatentModel

    def __post_init__(self) -> None:
        if self.law.space != Euclidean():
            raise ValueError(
                f"`law` must be on Euclidean(), got {self.law.space}: a law of single variables is "
                "read at the origin, which is not on that space. Use a Euclidean law."
            )

    @property
    def space(self) -> Space:
        return self.law.space

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        return self.law.symmetries - {Symmetry.TRANSLATION}

    def log_density(self, w: Tensor, *, given: Tensor) -> Tensor:
        alone = self.law.log_density(w, given=torch.zeros_like(w))
        return alone.expand(torch.broadcast_shapes(w.shape, given.shape)[:-1])

    def formula(self, w: tuple, *, given: tuple) -> sp.Expr:
        return self.law.formula(w, given=(_Origin(), given[1]))

    def log_normaliser(self) -> sp.Expr:
        return self.law.log_normaliser()


class _Origin:
    def __getitem__(self, indices: tuple) -> sp.Expr:
        return sp.Integer(0)
