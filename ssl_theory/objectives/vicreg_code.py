"""VICReg, as its authors' code computes it."""

from ssl_theory.alignment import MeanSquare
from ssl_theory.latent_distribution_matching import Objective, Prior, Published
from ssl_theory.uniformity import Hinge

__all__ = ["vicreg_code"]


def vicreg_code(
    invariance: float = 25.0, variance: float = 25.0, covariance: float = 1.0
) -> Objective:
    """VICReg with its squared distances averaged over axes, and half its variance penalty."""
    model, spread = MeanSquare(invariance), Hinge(variance / 2, covariance)
    said = "the authors' code: squared distances averaged over axes, variance penalties over views"
    paper = Published(shift=model.log_normaliser(), convention=said)
    return Objective("vicreg_code", model, spread, "bardes2022vicreg", Prior.FLAT, paper)
