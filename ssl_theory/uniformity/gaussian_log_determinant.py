"""The entropy of the Gaussian with the batch's covariance."""

import math
from dataclasses import dataclass

import sympy as sp
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import Matching, Relation, Uniformity
from ssl_theory.spaces import Euclidean
from ssl_theory.symmetries import ISOMETRIES, Symmetry

__all__ = ["GaussianLogDeterminant"]


@dataclass(frozen=True)
class GaussianLogDeterminant(Uniformity):
    r"""``log det(2 pi e S) / 2``: no distribution with covariance ``S`` has more entropy."""

    @property
    def space(self) -> Euclidean:
        return Euclidean()

    @property
    def relation(self) -> Relation:
        return Relation.UPPER_BOUND

    @property
    def matching(self) -> Matching:
        return Matching.MARGINAL

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        return ISOMETRIES

    def entropy(self, w: Tensor, *, given: Tensor) -> Tensor:
        n, d = w.shape
        if n <= d:
            raise ValueError(
                f"`w` must hold more than {d} items in {d} dimensions, got {n}: their covariance "
                f"is singular and its log determinant -inf. Give at least {d + 1}, or project to "
                "fewer dimensions."
            )
        centred = w - w.mean(0)
        return (centred.T @ centred / n).logdet() / 2 + d / 2 * math.log(2 * math.pi * math.e)

    def formula(self) -> sp.Expr:
        return nt.log_det_covariance(nt.w) / 2 + nt.d / 2 * sp.log(2 * sp.pi * sp.E)
