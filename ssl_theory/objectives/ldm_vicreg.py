"""VICReg's latent model, matched as a pair."""

from ssl_theory.alignment import Gaussian
from ssl_theory.latent_distribution_matching import Objective, Prior, Published
from ssl_theory.uniformity import JointLogDeterminant

__all__ = ["ldm_vicreg"]


def ldm_vicreg(variance: float = 0.1) -> Objective:
    """A Gaussian latent model with a flat prior, spread by the log determinant of the pair.

    It exceeds ``gaussian_infomax`` by the Gaussian mutual information of the views.
    """
    model, spread = Gaussian(variance), JointLogDeterminant()
    shift = model.log_normaliser() + spread.constant()
    paper = Published(shift=shift, convention="equation 9 with its sign reversed, no constants")
    return Objective("ldm_vicreg", model, spread, "mikulasch2026ldm", Prior.FLAT, paper)
