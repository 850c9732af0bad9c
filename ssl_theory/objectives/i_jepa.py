"""I-JEPA: predicting the latents of hidden patches."""

from torch import nn

from ssl_theory.alignment import Gaussian, Perceptron, Predicted
from ssl_theory.latent_distribution_matching import Objective, Published
from ssl_theory.uniformity import StopGradient

__all__ = ["i_jepa"]


def i_jepa(predictor: nn.Module | None = None, dimension: int = 3, seed: int = 0) -> Objective:
    """A Gaussian latent model around a learned prediction of a slow network's patches.

    An item is a hidden patch: ``z`` is what the predictor is told of it, ``w`` its target.
    """
    noise = Gaussian(0.5)
    model = Predicted(noise, predictor or Perceptron(dimension, seed=seed), (dimension,))
    said = (
        "squared distance averaged over patches; the paper adds up a block's, its code is smooth L1"
    )
    paper = Published(uniformity=0, shift=noise.log_normaliser(), convention=said)
    parts = model, StopGradient(model)
    return Objective("i_jepa", *parts, "assran2023ijepa", paper=paper, both_ways=False)
