"""EMP-SSL, on two patches."""

from ssl_theory.alignment import HalfAngle
from ssl_theory.latent_distribution_matching import Objective, Published
from ssl_theory.uniformity import CodingRate

__all__ = ["emp_ssl"]


def emp_ssl(weight: float = 200.0, distortion: float = 0.2) -> Objective:
    """A latent model of the angle to the mean of the patches, spread by their coding rates."""
    model = HalfAngle(weight)
    said = "the authors' code: cosines with the mean of the patches; rates averaged over patches"
    paper = Published(shift=model.log_normaliser(), convention=said)
    return Objective("emp_ssl", model, CodingRate(distortion), "tong2023empssl", paper=paper)
