"""What Matrix-SSL's matrix cross-entropies spread."""

from dataclasses import dataclass

import numpy as np
import sympy as sp
import torch
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import Matching, Relation, Uniformity
from ssl_theory.symmetries import ISOMETRIES, Symmetry

__all__ = ["MatrixCrossEntropy"]

ORDERS = range(1, 5)  # of the series of log(1 + x) that the authors keep


@dataclass(frozen=True)
class MatrixCrossEntropy(Uniformity):
    r"""``tr log(I + C) - mean <z, w> + weight tr((I + P) log(I + Q))``, logarithms to fourth order.

    ``P`` and ``Q`` are the covariances of the views and ``C`` the one across them. The trace of
    ``C`` itself is what the mean inner product of the pairs exceeds that of their means by, so
    the first order of the first logarithm is the alignment, and only the others are left here.
    """

    weight: float = 1.0

    @property
    def space(self) -> None:
        return None

    @property
    def relation(self) -> Relation:
        return Relation.SURROGATE

    @property
    def matching(self) -> Matching:
        return Matching.JOINT

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        return ISOMETRIES - {Symmetry.TRANSLATION}

    def entropy(self, w: Tensor, *, given: Tensor) -> Tensor:
        z, n = given, len(w)
        from_mean = [x - x.mean(0) for x in (z, w)]
        own_z, across, own_w = (
            from_mean[p].T @ from_mean[q] / n for p, q in ((0, 0), (0, 1), (1, 1))
        )
        eye = torch.eye(w.shape[1], dtype=w.dtype, device=w.device)
        spread = (_log(across) - across).trace() - z.mean(0) @ w.mean(0)
        return spread + self.weight * ((eye + own_z) @ _log(own_w)).trace()

    def formula(self) -> sp.Expr:
        own_z, across, own_w = (_entries(p, q) for p, q in ("zz", "zw", "ww"))
        weight = nt.parameter("weight", self.weight)
        means = (nt.mean(view[nt.i, nt.a], nt.i) for view in (nt.z, nt.w))
        formula = -nt.over_axes(sp.Mul(*means), nt.a)
        for order in ORDERS:
            own = _trace(*[own_w] * order) + _trace(own_z, *[own_w] * order)
            rest = _trace(*[across] * order) if order > 1 else 0
            formula -= sp.Rational((-1) ** order, order) * (rest + weight * own)
        return formula


def _log(x: Tensor) -> Tensor:
    series = torch.zeros_like(x)
    for order in ORDERS:
        series = series - (-1) ** order / order * torch.linalg.matrix_power(x, order)
    return series


def _entries(p: str, q: str) -> nt.Entries:
    def covariance(views: nt.Views) -> np.ndarray:
        one, two = (views[name] - views[name].mean(0) for name in (p, q))
        return one.T @ two / len(one)

    return nt.Entries(rf"C^{{{p}{q}}}", covariance)


def _trace(*matrices: nt.Entries) -> sp.Expr:
    axes = sp.symbols(f"a_1:{len(matrices) + 1}", integer=True, positive=True)
    cycle = zip(matrices, axes, axes[1:] + axes[:1], strict=True)
    return nt.over_axes(sp.Mul(*(matrix[row, column] for matrix, row, column in cycle)), *axes)
