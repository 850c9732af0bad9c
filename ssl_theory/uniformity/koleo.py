"""The Kozachenko-Leonenko entropy without its constants."""

import math
from dataclasses import dataclass

import sympy as sp
import torch
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import Matching, Relation, Uniformity
from ssl_theory.spaces import Sphere
from ssl_theory.symmetries import ISOMETRIES, Symmetry

__all__ = ["KoLeo"]


@dataclass(frozen=True)
class KoLeo(Uniformity):
    r"""The mean of ``log(r + floor)``, ``r`` an item's distance to the nearest other.

    :class:`KozachenkoLeonenko` with one neighbour is this times the dimension, plus constants
    of ``n`` and ``d``. The ``floor`` keeps items that coincide at a finite, low entropy.
    [sablayrolles2019spreading]
    """

    floor: float = 1e-8

    @property
    def space(self) -> Sphere:
        return Sphere()

    @property
    def relation(self) -> Relation:
        return Relation.SURROGATE

    @property
    def matching(self) -> Matching:
        return Matching.MARGINAL

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        return ISOMETRIES

    def entropy(self, w: Tensor, *, given: Tensor) -> Tensor:
        # The search needs no gradient; the distances it finds are then measured again, exactly.
        distances = torch.cdist(w.detach(), w.detach(), compute_mode="donot_use_mm_for_euclid_dist")
        nearest = distances.fill_diagonal_(math.inf).argmin(1)
        return ((w - w[nearest]).norm(dim=1) + self.floor).log().mean()

    def formula(self) -> sp.Expr:
        floor = nt.parameter("floor", self.floor)
        distance = nt.neighbour_distance(nt.w, nt.i, sp.Integer(1))
        return nt.mean(sp.log(distance + floor), nt.i)
