"""The Student-t latent model: a Gaussian of unknown width, and so with heavy tails."""

import math
from dataclasses import dataclass

import sympy as sp
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import LatentModel
from ssl_theory.spaces import Euclidean
from ssl_theory.symmetries import ISOMETRIES, Symmetry

__all__ = ["StudentT"]


@dataclass(frozen=True)
class StudentT(LatentModel):
    r"""``w`` is ``z`` plus noise of density ``(1 + |e|^2 / scale^2)^-exponent``.

    In ``d`` dimensions these are ``2 exponent - d`` degrees of freedom, which must be positive:
    a kernel that falls no faster than the volume grows has infinite mass. The kernel
    ``1 / (1 + |e|^2)`` of t-SNE is a density on a line only. [hu2023tsne]
    """

    exponent: float = 3.0
    scale: float = 1.0

    def __post_init__(self) -> None:
        if not self.exponent > 0.5:
            raise ValueError(
                f"`exponent` must be above 1/2, got {self.exponent}: even on a line the density "
                "would have infinite mass. Use more than half the dimensions."
            )
        if not self.scale > 0:
            raise ValueError(
                f"`scale` must be positive, got {self.scale}: a density needs some width. "
                "Use a small scale for a sharp model."
            )

    @property
    def space(self) -> Euclidean:
        return Euclidean()

    @property
    def dimensions(self) -> tuple[int, ...] | None:
        """The widths at which the mass is finite; ``None`` if it is at every width in use."""
        first_infinite = math.ceil(2 * self.exponent)
        return tuple(range(1, first_infinite)) if first_infinite < 10_000 else None

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        return ISOMETRIES

    def log_density(self, w: Tensor, *, given: Tensor) -> Tensor:
        d = w.shape[-1]
        if not 2 * self.exponent > d:
            raise ValueError(
                f"`exponent` must exceed half the dimensions, got {self.exponent} of {d}: the "
                f"density would have infinite mass. Use {d / 2 + 0.5} or more, or fewer dimensions."
            )
        sq_dist = ((w - given) / self.scale).square().sum(-1)
        log_mass = d / 2 * math.log(math.pi) + d * math.log(self.scale)
        log_mass += math.lgamma(self.exponent - d / 2) - math.lgamma(self.exponent)
        return -self.exponent * sq_dist.log1p() - log_mass

    def formula(self, w: tuple, *, given: tuple) -> sp.Expr:
        exponent, scale = self._letters()
        return -exponent * sp.log(1 + nt.sq_dist(w, given) / scale**2) + self.log_normaliser()

    def log_normaliser(self) -> sp.Expr:
        exponent, scale = self._letters()
        tail = sp.loggamma(exponent) - sp.loggamma(exponent - nt.d / 2)
        return tail - nt.d * sp.log(sp.sqrt(sp.pi) * scale)

    def _letters(self) -> tuple[sp.Symbol, sp.Symbol]:
        return nt.parameter("exponent", self.exponent), nt.parameter("scale", self.scale)
