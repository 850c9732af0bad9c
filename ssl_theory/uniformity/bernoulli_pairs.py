"""The cost of believing that any two items are partners."""

from dataclasses import dataclass

import sympy as sp
from torch import Tensor
from torch.nn.functional import softplus

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import Matching, Relation, Uniformity
from ssl_theory.symmetries import Symmetry

__all__ = ["BernoulliPairs"]


@dataclass(frozen=True)
class BernoulliPairs(Uniformity):
    r"""``-sum_j log(1 + exp(s_ij))`` with log odds ``s_ij = concentration <w_i, z_j> + bias``.

    Each of the ``n^2`` pairs is a coin: partners or not. The surprise of all coins is this less
    the log odds of the true pairs, whose mean is the alignment of a von Mises-Fisher model. A
    coin is tossed per pair, so nothing is normalised and the ``bias`` stands for the odds of a
    random pair, near ``-log n``.
    """

    concentration: float
    bias: float

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
        return -softplus(self.concentration * w @ given.T + self.bias).sum(1).mean()

    def formula(self) -> sp.Expr:
        kappa = nt.parameter("concentration", self.concentration)
        bias = nt.parameter("bias", self.bias)
        odds = sp.exp(kappa * nt.inner((nt.w, nt.i), (nt.z, nt.j)) + bias)
        return -nt.mean(sp.Sum(sp.log(1 + odds), (nt.j, 1, nt.n)), nt.i)
