"""The latent model of canonical correlation analysis."""

import math
from dataclasses import dataclass

import numpy as np
import sympy as sp
import torch
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.batch_spaces import Whitened
from ssl_theory.latent_distribution_matching import LatentModel
from ssl_theory.symmetries import ISOMETRIES, Symmetry

__all__ = ["Canonical"]


@dataclass(frozen=True)
class Canonical(LatentModel):
    r"""Whitened ``w`` is a rotation of whitened ``z`` plus noise; the rotation fits the batch best.

    At the polar factor of their cross-covariance, the mean squared distance of the views is twice
    the sum of one minus each canonical correlation. [hotelling1936relations]
    """

    variance: float = 1.0

    def __post_init__(self) -> None:
        if not self.variance > 0:
            raise ValueError(
                f"`variance` must be positive, got {self.variance}: a density needs some width. "
                "Use a small variance for a sharp model."
            )

    @property
    def space(self) -> Whitened:
        return Whitened()

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        # Whatever mixes the axes of a view rotates it once it is white, and is rotated back.
        return ISOMETRIES

    def log_density(self, w: Tensor, *, given: Tensor) -> Tensor:
        if w.shape != given.shape:
            raise ValueError(
                f"`w` and `given` must be partners row by row, got shapes {tuple(w.shape)} and "
                f"{tuple(given.shape)}: pairs that do not belong together fit no rotation. "
                "Expand both to one shape."
            )
        # At the best rotation its own gradient is zero, so it may be held fixed. A batch that
        # nothing whitens is NaN, and stays so under any rotation.
        left, _, right = torch.linalg.svd((given.mT @ w).detach().nan_to_num(0.0))
        sq_dist = (w - given @ left @ right).square().sum(-1)
        d = w.shape[-1]
        return -sq_dist / (2 * self.variance) - d / 2 * math.log(2 * math.pi * self.variance)

    def formula(self, w: tuple, *, given: tuple) -> sp.Expr:
        rotation = nt.Entries("Q", lambda views: _rotation(views[str(given[0])], views[str(w[0])]))
        rotated = nt.over_axes(given[0][given[1], nt.b] * rotation[nt.b, nt.a], nt.b)
        sq_dist = nt.over_axes((w[0][w[1], nt.a] - rotated) ** 2, nt.a)
        return -sq_dist / (2 * nt.parameter("variance", self.variance)) + self.log_normaliser()

    def log_normaliser(self) -> sp.Expr:
        return -nt.d / 2 * sp.log(2 * sp.pi * nt.parameter("variance", self.variance))


def _rotation(z: np.ndarray, w: np.ndarray) -> np.ndarray:
    left, _, right = np.linalg.svd(z.T @ w)
    return left @ right
