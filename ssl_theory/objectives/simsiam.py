"""SimSiam."""

from torch import nn

from ssl_theory.alignment import Perceptron, Predicted, VonMisesFisher
from ssl_theory.latent_distribution_matching import Objective, Published
from ssl_theory.uniformity import StopGradient

__all__ = ["simsiam"]


def simsiam(predictor: nn.Module | None = None, dimension: int = 3, seed: int = 0) -> Objective:
    """A von Mises-Fisher latent model around a learned prediction, its targets held fixed."""
    heading = VonMisesFisher(1.0)
    model = Predicted(heading, predictor or Perceptron(dimension, seed=seed), (dimension,))
    said = "equation 2: minus the cosine, averaged over both ways"
    paper = Published(uniformity=0, shift=heading.log_normaliser(), convention=said)
    return Objective("simsiam", model, StopGradient(model), "chen2021simsiam", paper=paper)
