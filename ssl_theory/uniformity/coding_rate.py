"""The rate at which embeddings can be coded up to a distortion."""

from dataclasses import dataclass

import sympy as sp
import torch
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import Matching, Relation, Uniformity
from ssl_theory.symmetries import ISOMETRIES, Symmetry

__all__ = ["CodingRate"]


@dataclass(frozen=True)
class CodingRate(Uniformity):
    r"""``log det(I + d/distortion M) / 2`` of the second moment ``M`` about the origin.

    It is the mutual information of the embeddings with a copy that carries Gaussian noise of
    variance ``distortion / d``, were they Gaussian: an entropy that no collapse makes infinite,
    and that exists for any number of items. [ma2007segmentation]
    """

    distortion: float = 0.2

    def __post_init__(self) -> None:
        if not self.distortion > 0:
            raise ValueError(
                f"`distortion` must be positive, got {self.distortion}: without any, the rate is "
                "infinite. Use GaussianLogDeterminant for the limit."
            )

    @property
    def space(self) -> None:
        return None

    @property
    def relation(self) -> Relation:
        return Relation.SURROGATE

    @property
    def matching(self) -> Matching:
        return Matching.MARGINAL

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        return ISOMETRIES - {Symmetry.TRANSLATION}

    def entropy(self, w: Tensor, *, given: Tensor) -> Tensor:
        n, d = w.shape
        eye = torch.eye(d, dtype=w.dtype, device=w.device)
        return (eye + d / (n * self.distortion) * (w.T @ w)).logdet() / 2

    def formula(self) -> sp.Expr:
        snr = nt.d / nt.parameter("distortion", self.distortion)
        moment = nt.mean(nt.w[nt.i, nt.a] * nt.w[nt.i, nt.b], nt.i)
        return nt.spectral_trace(sp.log(1 + snr * nt.eigenvalue), moment) / 2
