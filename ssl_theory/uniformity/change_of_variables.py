"""The entropy that a linear encoder adds to that of its inputs."""

from dataclasses import dataclass, field

import numpy as np
import sympy as sp
import torch
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import Matching, Relation, Uniformity
from ssl_theory.spaces import Euclidean
from ssl_theory.symmetries import ISOMETRIES, Symmetry

__all__ = ["ChangeOfVariables"]


@dataclass(frozen=True, eq=False)
class ChangeOfVariables(Uniformity):
    r"""``log|det J|`` of the linear map that takes ``inputs`` to ``w``.

    The entropy of ``w`` less that of the inputs, which no encoder changes: exactly, and on every
    batch, if the encoder is linear. ``J`` is read off the batch by least squares, so it is the
    encoder's own matrix whenever ``w`` is an affine function of ``inputs``, and the gradient
    reaches the encoder through ``w``. [bell1995infomax]
    """

    inputs: Tensor = field(repr=False)  # the raw items (n, d), in the order of the embeddings

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
        inputs = self.inputs.to(w)
        return torch.linalg.slogdet(torch.linalg.pinv(inputs - inputs.mean(0)) @ w).logabsdet

    def formula(self) -> sp.Expr:
        inputs = self.inputs.detach().double().numpy()

        class LogJacobian(nt.Closed):
            def letters(self, view: str) -> str:
                return rf"\log\lvert\det J_{{{view}}}\rvert"

            def open(self, views: nt.Views) -> sp.Expr:
                view = views[str(self.args[0])]
                affine = np.column_stack([inputs, np.ones(len(inputs))])
                matrix = np.linalg.lstsq(affine, view, rcond=None)[0][:-1]
                return sp.Float(np.linalg.slogdet(matrix).logabsdet, nt.DIGITS)

        return LogJacobian(nt.w.label)
