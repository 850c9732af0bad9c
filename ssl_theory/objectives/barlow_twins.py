"""Barlow Twins."""

from ssl_theory.alignment import Gaussian, Restricted
from ssl_theory.batch_spaces import Standardised
from ssl_theory.latent_distribution_matching import Objective, Prior, Published
from ssl_theory.uniformity import CrossCorrelation

__all__ = ["barlow_twins"]


def barlow_twins(weight: float = 0.005) -> Objective:
    """A Gaussian latent model of standardised views, which are spread by their correlations.

    The diagonal ``sum_a (1 - C_aa)^2`` is both halves at once: ``2 sum_a (1 - C_aa)`` is the mean
    squared distance of the views, and ``sum_a (C_aa^2 - 1)`` belongs to the spread.
    """
    model = Restricted(Gaussian(0.5), Standardised())
    said = "the equation: correlations with nothing added to the variances"
    paper = Published(shift=model.log_normaliser(), convention=said)
    spread = CrossCorrelation(weight)
    return Objective("barlow_twins", model, spread, "zbontar2021barlow", Prior.FLAT, paper)
