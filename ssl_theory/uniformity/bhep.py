"""How far the embeddings are from a standard Gaussian, seen from every direction at once."""

from dataclasses import dataclass

import sympy as sp
import torch
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import Matching, Relation, Uniformity
from ssl_theory.symmetries import Symmetry

__all__ = ["BHEP"]


@dataclass(frozen=True)
class BHEP(Uniformity):
    r"""Minus the statistic of Baringhaus, Henze, Epps and Pulley, ``n`` times.

    .. math::
        T = n \int |\hat\varphi(t) - e^{-|t|^2/2}|^2 \, N(t; 0, \beta^2 I) \, dt,

    the squared distance of the empirical from the Gaussian characteristic function. The integral
    is elementary, so nothing is drawn and no rotation is seen; it costs all pairs of items.
    Embeddings are not standardised first: their mean and covariance are tested too.
    [henze1997bhep]
    """

    weight: float = 1.0
    bandwidth: float = 1.0

    def __post_init__(self) -> None:
        if not self.bandwidth > 0:
            raise ValueError(
                f"`bandwidth` must be positive, got {self.bandwidth}: the statistic would look "
                "at the origin only, where all characteristic functions agree. Use 1."
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
        return frozenset({Symmetry.REORDERING, Symmetry.AXES, Symmetry.ROTATION})

    def entropy(self, w: Tensor, *, given: Tensor) -> Tensor:
        n, d = w.shape
        square = self.bandwidth**2
        pairs = (w[:, None] - w[None, :]).square().sum(-1)
        lengths = w.square().sum(-1)
        among = torch.exp(-square / 2 * pairs).mean()
        across = torch.exp(-square / (2 + 2 * square) * lengths).mean() / (1 + square) ** (d / 2)
        return -self.weight * n * (among - 2 * across + (1 + 2 * square) ** (-d / 2))

    def formula(self) -> sp.Expr:
        weight, beta = (nt.parameter(name, getattr(self, name)) for name in ("weight", "bandwidth"))
        item, other = (nt.w, nt.i), (nt.w, nt.j)
        pair = sp.exp(-(beta**2) * nt.sq_dist(item, other) / 2)
        among = sp.Sum(pair, (nt.i, 1, nt.n), (nt.j, 1, nt.n)) / nt.n**2
        fall = beta**2 / (2 * (1 + beta**2))
        across = nt.mean(sp.exp(-fall * nt.inner(item, item)), nt.i)
        across = across / (1 + beta**2) ** (nt.d / 2)
        return -weight * nt.n * (among - 2 * across + (1 + 2 * beta**2) ** (-nt.d / 2))
