"""TiCo."""

from torch import Tensor

from ssl_theory.alignment import VonMisesFisher
from ssl_theory.latent_distribution_matching import Objective, Published
from ssl_theory.uniformity import MovingSecondMoment

__all__ = ["tico"]


def tico(weight: float = 8.0, memory: float = 0.9, moment: Tensor | None = None) -> Objective:
    """A von Mises-Fisher latent model, spread by a moving second moment of the online view ``w``.

    A batch later, use ``moment=objective.uniformity.updated(w).moment``, of ``w`` on the sphere.
    """
    model, spread = VonMisesFisher(1.0), MovingSecondMoment(weight, memory, moment)
    said = "the equation: minus the cosine, of the momentum view `z` and the online view `w`"
    paper = Published(shift=model.log_normaliser(), convention=said)
    return Objective("tico", model, spread, "zhu2022tico", paper=paper, both_ways=False)
