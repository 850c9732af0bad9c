"""FroSSL, on two views."""

from ssl_theory.alignment import VonMisesFisher
from ssl_theory.latent_distribution_matching import Objective, Prior, Published
from ssl_theory.uniformity import MatrixRenyi

__all__ = ["frossl"]


def frossl(weight: float = 1.0) -> Objective:
    """A von Mises-Fisher latent model, each view spread by the quadratic entropy of its spectrum.

    The Frobenius norm of a spectrum of shares is what that entropy is the logarithm of.
    """
    model = VonMisesFisher(weight)
    said = "the authors' multi-view code: lengths normalised, distances from the mean of the views"
    paper = Published(shift=model.log_normaliser() + weight, convention=said)
    return Objective("frossl", model, MatrixRenyi(2.0), "skean2024frossl", Prior.FLAT, paper)
