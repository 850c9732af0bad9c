"""Maximal coding rate reduction, each item a class of its two views."""

from ssl_theory.alignment import Axial
from ssl_theory.latent_distribution_matching import Objective, Published
from ssl_theory.uniformity import PooledCodingRate

__all__ = ["mcr2"]


def mcr2(distortion: float = 0.5) -> Objective:
    """A latent model of the axis an item spans, spread by the coding rate of all items."""
    model, spread = Axial(distortion), PooledCodingRate(distortion)
    said = "minus the rate reduction, one class to a pair, both of its weights one"
    paper = Published(shift=model.log_normaliser(), convention=said)
    return Objective("mcr2", model, spread, "yu2020mcr2", paper=paper)
