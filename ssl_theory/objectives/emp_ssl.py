"""EMP-SSL, on two patches."""

from ssl_theory.alignment import VonMisesFisher
from ssl_theory.latent_distribution_matching import Objective, Published
from ssl_theory.uniformity import CodingRate

__all__ = ["emp_ssl"]


def emp_ssl(weight: float = 200.0, distortion: float = 0.2) -> Objective:
    """A von Mises-Fisher latent model, spread by the coding rate of each view.

    The inner product of a view with the mean of both is ``(1 + cos) / 2``.
    """
    model = VonMisesFisher(weight / 2)
    said = "the equation: inner products with the mean of the patches; rates averaged over patches"
    paper = Published(shift=model.log_normaliser() - weight / 2, convention=said)
    return Objective("emp_ssl", model, CodingRate(distortion), "tong2023empssl", paper=paper)
