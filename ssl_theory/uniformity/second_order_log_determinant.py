"""The log determinant of a covariance, to second order in the correlations."""

import math
from dataclasses import dataclass

import sympy as sp
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import Matching, Relation, Uniformity
from ssl_theory.spaces import Euclidean
from ssl_theory.symmetries import ISOMETRIES, Symmetry

__all__ = ["SecondOrderLogDeterminant"]


@dataclass(frozen=True)
class SecondOrderLogDeterminant(Uniformity):
    r"""``sum_a log(2 pi e S_aa) / 2 - sum_{a != b} r_ab^2 / 4`` of the correlations ``r``.

    The entropy of the axes, had they no correlations, less the information that weak ones
    share. It exists for any number of items, and is what VICReg's two penalties are made of.
    It is no bound: three equal positive correlations lose less than their squares.
    """

    @property
    def space(self) -> Euclidean:
        return Euclidean()

    @property
    def relation(self) -> Relation:
        return Relation.SURROGATE

    @property
    def matching(self) -> Matching:
        return Matching.MARGINAL

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        return ISOMETRIES - {Symmetry.ROTATION}

    def entropy(self, w: Tensor, *, given: Tensor) -> Tensor:
        n, d = w.shape
        centred = w - w.mean(0)
        variances = centred.square().mean(0)
        unit = centred / variances.sqrt()
        # The diagonal of the correlations is one, and adds d to their squares.
        squares = (unit.T @ unit / n).square().sum() - d
        return (d * math.log(2 * math.pi * math.e) + variances.log().sum()) / 2 - squares / 4

    def formula(self) -> sp.Expr:
        variance = lambda axis: nt.covariance(nt.w, axis, axis)  # noqa: E731
        square = nt.covariance(nt.w, nt.a, nt.b) ** 2 / (variance(nt.a) * variance(nt.b))
        shared = nt.over_axes(square * (1 - sp.KroneckerDelta(nt.a, nt.b)), nt.a, nt.b)
        alone = nt.over_axes(sp.log(2 * sp.pi * sp.E * variance(nt.a)), nt.a)
        return alone / 2 - shared / 4
