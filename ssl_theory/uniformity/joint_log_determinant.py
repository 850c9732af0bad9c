"""The entropy of the Gaussian with the covariance of the pair."""

import math
from dataclasses import dataclass

import sympy as sp
import torch
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import Matching, Relation, Uniformity
from ssl_theory.spaces import Euclidean
from ssl_theory.symmetries import ISOMETRIES, Symmetry

__all__ = ["JointLogDeterminant"]


@dataclass(frozen=True)
class JointLogDeterminant(Uniformity):
    r"""``log det(2 pi e S) / 2`` of the two views side by side, a bound on ``H[z, w]``.

    It is the sum of the log determinants of both views less the mutual information that a
    Gaussian pair of these covariances has.
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
                f"`w` must hold more than {2 * d} items in two views of {d} dimensions, got {n}: "
                "their joint covariance is singular and its log determinant -inf. Give at least "
                f"{2 * d + 1}, or project to fewer dimensions."
            )
        # Views nearly agree, so the covariance is nearly singular: take the singular values of
        # the pair itself, whose relative precision squaring would halve.
        pair = torch.cat([given, w], dim=1)
        deviations = torch.linalg.svdvals((pair - pair.mean(0)) / math.sqrt(n))
        return deviations.log().sum() + d * math.log(2 * math.pi * math.e)

    def formula(self) -> sp.Expr:
        return nt.log_det_covariance(nt.z, nt.w) / 2 + self.constant()

    def constant(self) -> sp.Expr:
        """The part of :meth:`formula` that no embedding changes; papers leave it out."""
        return nt.d * sp.log(2 * sp.pi * sp.E)
