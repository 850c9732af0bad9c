"""Second-order infomax."""

from ssl_theory.alignment import Gaussian
from ssl_theory.latent_distribution_matching import Objective, Prior, Published
from ssl_theory.uniformity import GaussianLogDeterminant

__all__ = ["gaussian_infomax"]


def gaussian_infomax(variance: float = 0.1) -> Objective:
    """A Gaussian latent model with a flat prior, spread by the log determinant of each view."""
    paper = Published(convention="the equation with the constants of both halves kept")
    parts = Gaussian(variance), GaussianLogDeterminant()
    return Objective("gaussian_infomax", *parts, "mikulasch2026ldm", Prior.FLAT, paper)
