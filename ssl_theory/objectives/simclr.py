"""SimCLR's NT-Xent: InfoNCE with both views among the negatives."""

from ssl_theory import notation as nt
from ssl_theory.alignment import VonMisesFisher
from ssl_theory.latent_distribution_matching import Objective, Published
from ssl_theory.uniformity import PooledMarginal

__all__ = ["simclr"]


def simclr(temperature: float = 0.1) -> Objective:
    """A von Mises-Fisher latent model, spread by its marginal over the rest of both views."""
    model = VonMisesFisher(concentration=1 / temperature)
    convention = "cross-entropy over 2n - 1 others, averaged over 2n anchors"
    paper = Published(shift=nt.log(2 * nt.n - 1), convention=convention)
    return Objective("simclr", model, PooledMarginal(model), "chen2020simclr", paper=paper)
