"""What the nuclear norm of MMCR spreads."""

import math
from dataclasses import dataclass

import sympy as sp
import torch
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import Matching, Relation, Uniformity
from ssl_theory.symmetries import ISOMETRIES, Symmetry

__all__ = ["CentroidSpectrum"]


@dataclass(frozen=True)
class CentroidSpectrum(Uniformity):
    r"""Minus half the mean squared distance of a spectrum from flat.

    The spectrum holds the ``d`` singular values of the centroids ``(z + w) / 2``, in units of
    ``sqrt(n / d)``: all ones if the centroids are unit vectors that fill every direction alike.
    Expanding the square, ``sum_a (1 - s_a)^2 = d - 2 |C|_* sqrt(d/n) + |C|_F^2 d/n``: the nuclear
    norm ``|C|_*`` spreads, and the Frobenius norm, which knows only lengths, aligns.
    """

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
        n, d = w.shape
        spectrum = torch.linalg.svdvals((given + w) / 2) * math.sqrt(d / n)
        lost = d - len(spectrum)  # fewer items than dimensions: the other values are zero
        return -((1 - spectrum).square().sum() + lost) / (2 * d)

    def formula(self) -> sp.Expr:
        centroid = lambda c: (nt.z[nt.i, c] + nt.w[nt.i, c]) / 2  # noqa: E731
        moment = nt.d * nt.mean(centroid(nt.a) * centroid(nt.b), nt.i)
        return -nt.spectral_trace((1 - sp.sqrt(nt.eigenvalue)) ** 2, moment) / (2 * nt.d)
