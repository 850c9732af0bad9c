"""CorInfoMax."""

from ssl_theory.alignment import Gaussian
from ssl_theory.latent_distribution_matching import Objective, Prior, Published
from ssl_theory.notation import d
from ssl_theory.uniformity import MovingLogDeterminant

__all__ = ["cor_info_max"]


def cor_info_max(weight: float = 250.0, past: MovingLogDeterminant | None = None) -> Objective:
    """A Gaussian latent model with a flat prior, spread by moving log determinants.

    A batch later, use ``past=objective.uniformity.updated(z, w)``.
    """
    model, spread = Gaussian(1 / weight), past or MovingLogDeterminant()
    said = "the authors' code, over the dimension; one past for both views where it keeps two"
    paper = Published(2 / d, 2 / d, 2 / d * model.log_normaliser(), convention=said)
    return Objective("cor_info_max", model, spread, "ozsoy2022corinfomax", Prior.FLAT, paper)
