"""Decoupled contrastive learning: NT-Xent without the positive in its denominator."""

from ssl_theory import notation as nt
from ssl_theory.alignment import VonMisesFisher
from ssl_theory.latent_distribution_matching import Objective, Published
from ssl_theory.uniformity import PooledMarginal

__all__ = ["decoupled_contrastive"]


def decoupled_contrastive(temperature: float = 0.1) -> Objective:
    """A von Mises-Fisher latent model, spread by its marginal over the other items' views."""
    model = VonMisesFisher(concentration=1 / temperature)
    convention = "the paper's sum over 2n anchors, divided by 2n as its code does"
    paper = Published(shift=nt.log(2 * nt.n - 2), convention=convention)
    parts = model, PooledMarginal(model, partner=False)
    return Objective("decoupled_contrastive", *parts, "yeh2022decoupled", paper=paper)
