"""A latent model of what a learned predictor makes of the other view."""

from dataclasses import dataclass

import numpy as np
import sympy as sp
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import LatentModel
from ssl_theory.spaces import Euclidean
from ssl_theory.symmetries import Symmetry

__all__ = ["Predicted"]


@dataclass(frozen=True)
class Predicted(LatentModel):
    r"""``p(w | h(z))``: the predictor ``h`` says where ``w`` is, ``model`` how nearly.

    The predictor reads ``z`` as it comes, so nothing is projected before it: what it answers, and
    the target, are put on the space of ``model``. It computes in its own precision. A predictor of
    fixed width says so in ``dimensions``. None of its symmetries are known, so none are declared.
    """

    model: LatentModel
    predictor: nn.Module
    dimensions: tuple[int, ...] | None = None

    @property
    def space(self) -> Euclidean:
        return Euclidean()

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        return frozenset({Symmetry.REORDERING})

    def log_density(self, w: Tensor, *, given: Tensor) -> Tensor:
        return self.model.log_density(self.model.space.project(w), given=self.answer(given))

    def answer(self, z: Tensor) -> Tensor:
        """What is predicted from ``z``, on the space of ``model``."""
        precision = next((p.dtype for p in self.predictor.parameters()), z.dtype)
        return self.model.space.project(self.predictor(z.to(precision)).to(z.dtype))

    def formula(self, w: tuple, *, given: tuple) -> sp.Expr:
        target, context = str(w[0]), str(given[0])
        put = nt.Entries(
            rf"\bar {target}",
            lambda views: _numbers(self.model.space.project(torch.tensor(views[target]))),
        )
        answer = nt.Entries(
            rf"h\left({context}\right)",
            lambda views: _numbers(self.answer(torch.tensor(views[context]))),
        )
        seen = w if self.model.space == Euclidean() else (put, w[1])
        return self.model.formula(seen, given=(answer, given[1]))

    def log_normaliser(self) -> sp.Expr:
        return self.model.log_normaliser()


def _numbers(x: Tensor) -> NDArray[np.float64]:
    return x.detach().double().numpy()
