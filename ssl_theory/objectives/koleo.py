"""Alignment on the sphere, regularised by distances to nearest neighbours."""

from ssl_theory.alignment import VonMisesFisher
from ssl_theory.latent_distribution_matching import Objective, Prior, Published
from ssl_theory.uniformity import KoLeo

__all__ = ["koleo"]


def koleo(weight: float = 0.1) -> Objective:
    """A von Mises-Fisher latent model with a flat prior, each view spread by its neighbours."""
    model = VonMisesFisher(concentration=1 / weight)
    paper = Published(
        *(weight, weight, weight * model.log_normaliser()),
        convention="minus the cosine, plus DINOv2's regulariser summed over both views",
    )
    return Objective("koleo", model, KoLeo(), "sablayrolles2019spreading", Prior.FLAT, paper)
