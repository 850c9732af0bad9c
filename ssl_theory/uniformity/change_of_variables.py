"""The entropy that an invertible encoder adds to that of its inputs."""

from dataclasses import dataclass, field

import numpy as np
import sympy as sp
import torch
from torch import Tensor, nn
from torch.autograd.functional import jacobian
from torch.func import jacrev, vmap

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import Matching, Relation, Uniformity
from ssl_theory.spaces import Euclidean
from ssl_theory.symmetries import ISOMETRIES, Symmetry

__all__ = ["ChangeOfVariables"]


@dataclass(frozen=True, eq=False)
class ChangeOfVariables(Uniformity):
    r"""``mean_i log|det J(x_i)|`` of the map that takes ``inputs`` ``x`` to ``w``.

    The entropy of ``w`` less that of the inputs, which no encoder changes: exactly, and on every
    batch, if ``w`` is an affine function of ``encoder(inputs)``. That function is read off the
    batch by least squares, so a linear encoder need not be given: its gradient comes through
    ``w``, that of a nonlinear one through its own Jacobian as well. An encoder takes each item
    by itself and is invertible. [bell1995infomax] [dinh2015nice]
    """

    inputs: Tensor = field(repr=False)  # the raw items (n, d), in the order of the embeddings
    encoder: nn.Module = field(default_factory=nn.Identity)

    def __post_init__(self) -> None:
        n, d = self.inputs.shape
        if torch.linalg.matrix_rank(self.inputs - self.inputs.mean(0)) < d:
            raise ValueError(
                f"`inputs` must vary in all their {d} dimensions, got {n} items that do not: no "
                "matrix can be read off. Use more items, or project to fewer dimensions."
            )

    @property
    def items(self) -> tuple[int, ...]:
        """As many as there are inputs."""
        return (self.inputs.shape[0],)

    @property
    def dimensions(self) -> tuple[int, ...]:
        """As many as the inputs have, for only square matrices have a determinant."""
        return (self.inputs.shape[1],)

    @property
    def space(self) -> Euclidean:
        return Euclidean()

    @property
    def relation(self) -> Relation:
        return Relation.EXACT

    @property
    def matching(self) -> Matching:
        return Matching.MARGINAL

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        # Reordering the embeddings alone would part them from their inputs.
        return ISOMETRIES - {Symmetry.REORDERING}

    def entropy(self, w: Tensor, *, given: Tensor) -> Tensor:
        if w.shape != self.inputs.shape:
            raise ValueError(
                f"`w` must have the shape of the inputs, got {tuple(w.shape)} of "
                f"{tuple(self.inputs.shape)}: items of the batch are paired with their inputs. "
                "Give the part the inputs of this batch."
            )
        jacobians = vmap(jacrev(self.encoder))(self.inputs)
        found = self.encoder(self.inputs).to(w)
        affine = torch.linalg.pinv(found - found.mean(0)) @ w
        within = torch.linalg.slogdet(jacobians).logabsdet.mean()
        return torch.linalg.slogdet(affine).logabsdet + within.to(w)

    def formula(self) -> sp.Expr:
        inputs, encoder = self.inputs.detach(), self.encoder

        class LogJacobian(nt.Closed):
            def letters(self, view: str) -> str:
                return rf"\overline{{\log\lvert\det J_{{{view}}}\rvert}}"

            def open(self, views: nt.Views) -> sp.Expr:
                each = [jacobian(encoder, x).double().numpy() for x in inputs]
                within = np.mean([np.linalg.slogdet(matrix).logabsdet for matrix in each])
                found = encoder(inputs).detach().double().numpy()
                affine = np.column_stack([found, np.ones(len(found))])
                fit = np.linalg.lstsq(affine, views[str(self.args[0])], rcond=None)[0][:-1]
                return sp.Float(np.linalg.slogdet(fit).logabsdet + within, nt.DIGITS)

        return LogJacobian(nt.w.label)
