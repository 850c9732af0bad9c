"""BYOL: bootstrap your own latent."""

from torch import nn

from ssl_theory.alignment import Perceptron, Predicted, VonMisesFisher
from ssl_theory.latent_distribution_matching import Objective, Published
from ssl_theory.uniformity import StopGradient

__all__ = ["byol"]


def byol(predictor: nn.Module | None = None, dimension: int = 3, seed: int = 0) -> Objective:
    """A von Mises-Fisher latent model around a learned prediction of another network's target.

    ``z`` is the online projection and ``w`` the slow network's. The paper adds the same number
    with the views exchanged between the two networks, which takes a second call.
    """
    heading = VonMisesFisher(2.0)
    model = Predicted(heading, predictor or Perceptron(dimension, seed=seed), (dimension,))
    said = "equation 2: squared distance of directions, one way"
    paper = Published(uniformity=0, shift=heading.log_normaliser() + 2, convention=said)
    parts = model, StopGradient(model)
    return Objective("byol", *parts, "grill2020byol", paper=paper, both_ways=False)
