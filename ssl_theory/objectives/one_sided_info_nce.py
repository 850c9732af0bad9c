"""InfoNCE with one view as queries and the other as keys."""

from ssl_theory import notation as nt
from ssl_theory.alignment import VonMisesFisher
from ssl_theory.latent_distribution_matching import Objective, Published
from ssl_theory.uniformity import ModelMarginal

__all__ = ["one_sided_info_nce"]


def one_sided_info_nce(temperature: float = 0.1) -> Objective:
    """InfoNCE in one direction: ``w`` looks for its ``z`` among all of them."""
    model = VonMisesFisher(concentration=1 / temperature)
    paper = Published(shift=nt.log(nt.n), convention="cross-entropy of queries w over keys z")
    parts = model, ModelMarginal(model), "oord2018cpc"
    return Objective("one_sided_info_nce", *parts, paper=paper, both_ways=False)
