"""Maximum manifold capacity representations, on two views."""

from ssl_theory import notation as nt
from ssl_theory.alignment import VonMisesFisher
from ssl_theory.latent_distribution_matching import Objective, Prior, Published
from ssl_theory.uniformity import CentroidSpectrum

__all__ = ["mmcr"]


def mmcr() -> Objective:
    """A von Mises-Fisher latent model, spread by the spectrum of the centroids of the views.

    Both halves together are minus the nuclear norm of the centroids, over ``sqrt(n d)``.
    """
    model, scale = VonMisesFisher(0.25), (nt.n * nt.d) ** 0.5
    shift = scale * (model.log_normaliser() - 0.75)
    said = "minus the nuclear norm of the mean views, without the optional norms within each item"
    paper = Published(scale, scale, shift, convention=said)
    return Objective("mmcr", model, CentroidSpectrum(), "yerxa2023mmcr", Prior.FLAT, paper)
