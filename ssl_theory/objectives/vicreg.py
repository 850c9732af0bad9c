"""VICReg."""

from ssl_theory.alignment import Gaussian
from ssl_theory.latent_distribution_matching import Objective, Prior, Published
from ssl_theory.uniformity import Hinge

__all__ = ["vicreg"]


def vicreg(invariance: float = 25.0, variance: float = 25.0, covariance: float = 1.0) -> Objective:
    """A Gaussian latent model with a flat prior, each view spread by hinges on its axes."""
    model = Gaussian(1 / (2 * invariance))
    paper = Published(
        shift=model.log_normaliser(),
        convention="the paper's equation: squared distances summed over axes",
    )
    spread = Hinge(variance, covariance)
    return Objective("vicreg", model, spread, "bardes2022vicreg", Prior.FLAT, paper)
