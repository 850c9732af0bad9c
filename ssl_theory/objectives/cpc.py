"""Contrastive predictive coding."""

from torch import nn

from ssl_theory import notation as nt
from ssl_theory.alignment import Gaussian, LinearMap, Predicted
from ssl_theory.latent_distribution_matching import Objective, Published
from ssl_theory.uniformity import CandidateMarginal

__all__ = ["cpc"]


def cpc(predictor: nn.Module | None = None, dimension: int = 3, seed: int = 0) -> Objective:
    """A Gaussian around a prediction ``h(z)`` of the future ``w``, spread by all candidate futures.

    The squared lengths cancel between the halves and leave the paper's critic ``exp(<w, h(z)>)``.
    """
    noise = Gaussian(1.0)
    model = Predicted(noise, predictor or LinearMap(dimension, seed), (dimension,))
    said = "equation 4: contexts z, one step ahead, candidates from the batch"
    paper = Published(shift=nt.log(nt.n), convention=said)
    parts = model, CandidateMarginal(model, noise)
    return Objective("cpc", *parts, "oord2018cpc", paper=paper, both_ways=False)
