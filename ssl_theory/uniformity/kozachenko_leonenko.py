"""The nearest-neighbour estimate of differential entropy."""

import math
from dataclasses import dataclass

import sympy as sp
import torch
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import Matching, Relation, Uniformity
from ssl_theory.spaces import Euclidean
from ssl_theory.symmetries import ISOMETRIES, Symmetry

__all__ = ["KozachenkoLeonenko"]


@dataclass(frozen=True)
class KozachenkoLeonenko(Uniformity):
    r"""``psi(n) - psi(k) + log V_d + d mean_i log r_k(i)``, with its constants.

    ``r_k(i)`` is the distance of item ``i`` to its ``k``-th nearest neighbour and ``V_d`` the
    volume of the unit ball. Consistent for every smooth density; its bias grows with ``d``
    (about 3 nats too high for a Gaussian in 32 dimensions), so beyond a dozen dimensions read
    it as a trend. [kozachenko1987entropy]
    """

    neighbours: int = 3

    def __post_init__(self) -> None:
        if self.neighbours < 1:
            raise ValueError(
                f"`neighbours` must be at least 1, got {self.neighbours}: the distance of an item "
                "to itself says nothing. Use 1 to 10."
            )

    @property
    def space(self) -> Euclidean:
        return Euclidean()

    @property
    def relation(self) -> Relation:
        return Relation.ESTIMATE

    @property
    def matching(self) -> Matching:
        return Matching.MARGINAL

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        return ISOMETRIES

    def entropy(self, w: Tensor, *, given: Tensor) -> Tensor:
        n, d = w.shape
        if n <= self.neighbours:
            raise ValueError(
                f"`neighbours` must be below the number of items, got {self.neighbours} of {n}: "
                f"no item has that many. Use more items or `neighbours={n - 1}`."
            )
        # The search needs no gradient; the distances it finds are then measured again, exactly.
        distances = torch.cdist(w.detach(), w.detach(), compute_mode="donot_use_mm_for_euclid_dist")
        distances.fill_diagonal_(math.inf)
        nearest = distances.kthvalue(self.neighbours, dim=1).indices
        log_distance = (w - w[nearest]).square().sum(1).log().mean() / 2
        k = torch.tensor([n, self.neighbours], dtype=torch.float64).digamma().tolist()
        log_ball = d / 2 * math.log(math.pi) - math.lgamma(d / 2 + 1)
        return d * log_distance + k[0] - k[1] + log_ball

    def formula(self) -> sp.Expr:
        k = nt.parameter("neighbours", self.neighbours)
        log_ball = nt.d / 2 * sp.log(sp.pi) - sp.log(sp.gamma(nt.d / 2 + 1))
        log_distance = nt.mean(sp.log(nt.neighbour_distance(nt.w, nt.i, k)), nt.i)
        return nt.d * log_distance + sp.digamma(nt.n) - sp.digamma(k) + log_ball
