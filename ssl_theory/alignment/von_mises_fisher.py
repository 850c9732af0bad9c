"""The von Mises-Fisher latent model."""

import math
from dataclasses import dataclass

import sympy as sp
import torch
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.bessel import log_bessel
from ssl_theory.latent_distribution_matching import LatentModel
from ssl_theory.spaces import Sphere
from ssl_theory.symmetries import ISOMETRIES, Symmetry

__all__ = ["VonMisesFisher"]


@dataclass(frozen=True)
class VonMisesFisher(LatentModel):
    r"""``w`` concentrates around ``z`` on the sphere, as ``exp(concentration <w, z>)``."""

    concentration: float = 1.0

    def __post_init__(self) -> None:
        if not self.concentration > 0:
            raise ValueError(
                f"`concentration` must be positive, got {self.concentration}: a negative one "
                "pushes views apart. It is 1 / temperature."
            )

    @property
    def space(self) -> Sphere:
        return Sphere()

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        return ISOMETRIES - {Symmetry.TRANSLATION}

    def log_density(self, w: Tensor, *, given: Tensor) -> Tensor:
        # einsum turns the broadcast of all pairs into one matrix product.
        cosine = torch.einsum("...a,...a->...", w, given)
        kappa, d = self.concentration, w.shape[-1]
        order = d / 2 - 1
        log_normaliser = (
            order * math.log(kappa) - d / 2 * math.log(2 * math.pi) - log_bessel(order, kappa)
        )
        return kappa * cosine + log_normaliser

    def formula(self, w: tuple, *, given: tuple) -> sp.Expr:
        kappa = nt.parameter("concentration", self.concentration)
        return kappa * nt.inner(w, given) + self.log_normaliser()

    def log_normaliser(self) -> sp.Expr:
        kappa = nt.parameter("concentration", self.concentration)
        order = nt.d / 2 - 1
        return (
            order * sp.log(kappa) - nt.d / 2 * sp.log(2 * sp.pi) - sp.log(sp.besseli(order, kappa))
        )
