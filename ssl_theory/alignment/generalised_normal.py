"""The generalised normal latent model: Laplace, Gaussian and flatter, axis by axis."""

import math
from dataclasses import dataclass

import sympy as sp
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import LatentModel
from ssl_theory.spaces import Euclidean
from ssl_theory.symmetries import ISOMETRIES, Symmetry

__all__ = ["GeneralisedNormal"]


@dataclass(frozen=True)
class GeneralisedNormal(LatentModel):
    r"""``w`` is ``z`` plus independent noise of density ``exp(-|e / scale|^shape)`` on each axis.

    Shape 1 is Laplace, shape 2 the Gaussian of variance ``scale^2 / 2``. For every other shape
    the axes are special, which is what identifies them. [zimmermann2021inverts]
    """

    scale: float = 1.0
    shape: float = 1.0

    def __post_init__(self) -> None:
        if not self.scale > 0:
            raise ValueError(
                f"`scale` must be positive, got {self.scale}: a density needs some width. "
                "Use a small scale for a sharp model."
            )
        if not self.shape >= 1:
            raise ValueError(
                f"`shape` must be at least 1, got {self.shape}: below it the gradient is infinite "
                "where two views agree. Use 1 for the sharpest peak."
            )

    @property
    def space(self) -> Euclidean:
        return Euclidean()

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        return ISOMETRIES if self.shape == 2 else ISOMETRIES - {Symmetry.ROTATION}

    def log_density(self, w: Tensor, *, given: Tensor) -> Tensor:
        distance = ((w - given) / self.scale).abs().pow(self.shape).sum(-1)
        log_width = math.log(2 * self.scale) + math.lgamma(1 + 1 / self.shape)
        return -distance - w.shape[-1] * log_width

    def formula(self, w: tuple, *, given: tuple) -> sp.Expr:
        scale, shape = nt.parameter("scale", self.scale), nt.parameter("shape", self.shape)
        gap = sp.Abs(w[0][w[1], nt.a] - given[0][given[1], nt.a]) / scale
        return -nt.over_axes(gap**shape, nt.a) + self.log_normaliser()

    def log_normaliser(self) -> sp.Expr:
        scale, shape = nt.parameter("scale", self.scale), nt.parameter("shape", self.shape)
        return -nt.d * sp.log(2 * scale * sp.gamma(1 + 1 / shape))
