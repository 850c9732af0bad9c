"""The latent model behind the coding rate of a pair."""

import math
from dataclasses import dataclass

import sympy as sp
import torch
from scipy.special import hyp2f1
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import LatentModel
from ssl_theory.spaces import Sphere
from ssl_theory.symmetries import ISOMETRIES, Symmetry

__all__ = ["Axial"]


@dataclass(frozen=True)
class Axial(LatentModel):
    r"""``w`` lies near the axis through ``z``, on either side, as ``exp(-R)`` of the two.

    ``R`` is the rate at which two unit vectors can be coded up to ``distortion``: with
    ``s = d / (2 distortion)``, half the logarithm of ``(1 + s)^2 - s^2 <w, z>^2``. It only
    knows the line each of them spans, and is least if it is the same one. [ma2007segmentation]
    """

    distortion: float = 0.5

    def __post_init__(self) -> None:
        if not self.distortion > 0:
            raise ValueError(
                f"`distortion` must be positive, got {self.distortion}: without any, the rate is "
                "infinite. Use a small one for a sharp model."
            )

    @property
    def space(self) -> Sphere:
        return Sphere()

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        return ISOMETRIES - {Symmetry.TRANSLATION}

    def log_density(self, w: Tensor, *, given: Tensor) -> Tensor:
        d = w.shape[-1]
        s = d / (2 * self.distortion)
        cosine = torch.einsum("...a,...a->...", w, given)
        rate = ((1 + s) ** 2 - (s * cosine) ** 2).log() / 2
        # A squared cosine of uniform vectors is a Beta(1/2, (d - 1)/2) variable.
        mean = float(hyp2f1(0.5, 0.5, d / 2, (s / (1 + s)) ** 2)) / (1 + s)
        return -rate - math.log(mean) - Sphere.log_area(d)

    def formula(self, w: tuple, *, given: tuple) -> sp.Expr:
        s = self._gain()
        return -sp.log((1 + s) ** 2 - s**2 * nt.inner(w, given) ** 2) / 2 + self.log_normaliser()

    def log_normaliser(self) -> sp.Expr:
        s, half = self._gain(), sp.Rational(1, 2)
        mean = nt.hypergeometric((half, half), (nt.d / 2,), (s / (1 + s)) ** 2) / (1 + s)
        area = 2 * sp.pi ** (nt.d / 2) / sp.gamma(nt.d / 2)
        return -sp.log(mean) - sp.log(area)

    def _gain(self) -> sp.Expr:
        return nt.d / (2 * nt.parameter("distortion", self.distortion))
