"""InfoNCE, the objective of CPC and SimCLR."""

from ssl_theory import notation as nt
from ssl_theory.alignment import VonMisesFisher
from ssl_theory.latent_distribution_matching import Objective, Published
from ssl_theory.uniformity import ModelMarginal

__all__ = ["info_nce"]


def info_nce(temperature: float = 0.1) -> Objective:
    """A von Mises-Fisher latent model, spread by the entropy of its own marginal.

    The normaliser of the density cancels between the halves, so the total is the
    textbook loss less ``log n``: at least ``-log n``, and zero on collapse.
    """
    model = VonMisesFisher(concentration=1 / temperature)
    paper = Published(shift=nt.log(nt.n), convention="cross-entropy over the batch, both ways")
    return Objective("info_nce", model, ModelMarginal(model), "oord2018cpc", paper=paper)
