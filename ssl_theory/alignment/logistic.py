"""The logistic latent model: nearly Gaussian at its centre, Laplace in its tails."""

import math
from dataclasses import dataclass

import sympy as sp
from torch import Tensor
from torch.nn.functional import logsigmoid

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import LatentModel
from ssl_theory.spaces import Euclidean
from ssl_theory.symmetries import ISOMETRIES, Symmetry

__all__ = ["Logistic"]


@dataclass(frozen=True)
class Logistic(LatentModel):
    r"""``w`` is ``z`` plus independent noise whose distribution function is a sigmoid.

    The density on each axis is the slope of that sigmoid, which is how a network of sigmoids
    came to do independent component analysis. [bell1995infomax]
    """

    scale: float = 1.0

    def __post_init__(self) -> None:
        if not self.scale > 0:
            raise ValueError(
                f"`scale` must be positive, got {self.scale}: a density needs some width. "
                "Use a small scale for a sharp model."
            )

    @property
    def space(self) -> Euclidean:
        return Euclidean()

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        return ISOMETRIES - {Symmetry.ROTATION}

    def log_density(self, w: Tensor, *, given: Tensor) -> Tensor:
        gap = (w - given) / self.scale
        slope = (logsigmoid(gap) + logsigmoid(-gap)).sum(-1)
        return slope - w.shape[-1] * math.log(self.scale)

    def formula(self, w: tuple, *, given: tuple) -> sp.Expr:
        gap = (w[0][w[1], nt.a] - given[0][given[1], nt.a]) / nt.parameter("scale", self.scale)
        return -2 * nt.over_axes(sp.log(2 * sp.cosh(gap / 2)), nt.a) + self.log_normaliser()

    def log_normaliser(self) -> sp.Expr:
        return -nt.d * sp.log(nt.parameter("scale", self.scale))
