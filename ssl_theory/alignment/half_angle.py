"""The latent model of views that agree with their own mean."""

import functools
import math
from dataclasses import dataclass

import numpy as np
import sympy as sp
from scipy.special import betaln, gammaln, logsumexp
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import LatentModel
from ssl_theory.spaces import Sphere
from ssl_theory.symmetries import ISOMETRIES, Symmetry

__all__ = ["HalfAngle"]


@dataclass(frozen=True)
class HalfAngle(LatentModel):
    r"""``w`` concentrates around ``z`` as ``exp(concentration cos(angle / 2))``.

    Half the angle between two unit vectors is the angle of each to their mean, and its cosine is
    the length of that mean. Next to the von Mises-Fisher density of a quarter of the
    concentration it has the same peak, and opposite views surprise it twice as much.
    """

    concentration: float = 1.0

    def __post_init__(self) -> None:
        if not self.concentration > 0:
            raise ValueError(
                f"`concentration` must be positive, got {self.concentration}: a negative one "
                "pushes views apart. Use a large one for a sharp model."
            )

    @property
    def space(self) -> Sphere:
        return Sphere()

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        return ISOMETRIES - {Symmetry.TRANSLATION}

    def log_density(self, w: Tensor, *, given: Tensor) -> Tensor:
        d = w.shape[-1]
        length = (w + given).norm(dim=-1) / 2
        log_mean = _log_mean(self.concentration, d)
        return self.concentration * length - log_mean - Sphere.log_area(d)

    def formula(self, w: tuple, *, given: tuple) -> sp.Expr:
        kappa = nt.parameter("concentration", self.concentration)
        cell = lambda row: row[0][row[1], nt.a]  # noqa: E731
        length = sp.sqrt(nt.over_axes((cell(w) + cell(given)) ** 2, nt.a)) / 2
        return kappa * length + self.log_normaliser()

    def log_normaliser(self) -> sp.Expr:
        kappa = nt.parameter("concentration", self.concentration)
        half, shape = sp.Rational(1, 2), (nt.d - 1) / 2
        odd = sp.gamma(shape + half) * sp.gamma(nt.d - 1) / sp.gamma(nt.d - half) / sp.gamma(shape)
        mean = nt.hypergeometric((shape,), (half, nt.d - 1), kappa**2 / 4)
        mean += (
            odd * kappa * nt.hypergeometric((shape + half,), (3 * half, nt.d - half), kappa**2 / 4)
        )
        area = 2 * sp.pi ** (nt.d / 2) / sp.gamma(nt.d / 2)
        return -sp.log(mean) - sp.log(area)


@functools.cache
def _log_mean(kappa: float, d: int) -> float:
    """``log E exp(kappa t)`` of the ``t`` whose square is a Beta((d - 1)/2, (d - 1)/2) variable."""
    if d == 1:
        return math.log1p(math.exp(-kappa)) + kappa - math.log(2)
    order = np.arange(kappa + 12 * math.sqrt(kappa) + 60)  # no moment exceeds one: a Poisson tail
    shape = (d - 1) / 2
    moments = betaln(shape + order / 2, shape) - betaln(shape, shape)
    return float(logsumexp(order * math.log(kappa) - gammaln(order + 1) + moments))
