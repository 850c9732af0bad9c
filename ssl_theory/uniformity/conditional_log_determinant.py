"""The entropy of the Gaussian with the covariance that one view leaves of the other."""

import math
from dataclasses import dataclass

import sympy as sp
import torch
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import Matching, Relation, Uniformity
from ssl_theory.spaces import Euclidean
from ssl_theory.symmetries import ISOMETRIES, Symmetry

__all__ = ["ConditionalLogDeterminant"]


@dataclass(frozen=True)
class ConditionalLogDeterminant(Uniformity):
    r"""``log det(2 pi e S) / 2`` of the residuals of ``w`` given ``z``, a bound on ``H[w | z]``.

    The residuals are those of the best linear prediction: no law with their covariance has more
    entropy, and ``z`` tells at least as much as the prediction does.
    """

    @property
    def space(self) -> Euclidean:
        return Euclidean()

    @property
    def relation(self) -> Relation:
        return Relation.UPPER_BOUND

    @property
    def matching(self) -> Matching:
        return Matching.JOINT

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        return ISOMETRIES

    def entropy(self, w: Tensor, *, given: Tensor) -> Tensor:
        n, d = w.shape
        if n <= 2 * d:
            raise ValueError(
                f"`w` must hold more than {2 * d} items for a pair of {d} dimensions each, got "
                f"{n}: the covariance of its residuals is singular and its log determinant -inf. "
                f"Give at least {2 * d + 1}, or project to fewer dimensions."
            )
        known = torch.linalg.qr(given - given.mean(0)).Q
        centred = w - w.mean(0)
        residuals = centred - known @ (known.T @ centred)
        deviations = torch.linalg.svdvals(residuals / math.sqrt(n))
        return deviations.log().sum() + d / 2 * math.log(2 * math.pi * math.e)

    def formula(self) -> sp.Expr:
        log_det = nt.log_det_covariance(nt.z, nt.w) - nt.log_det_covariance(nt.z)
        return log_det / 2 + nt.d / 2 * sp.log(2 * sp.pi * sp.E)
