"""data2vec."""

from ssl_theory.alignment import Huber
from ssl_theory.latent_distribution_matching import Objective, Published
from ssl_theory.uniformity import StopGradient

__all__ = ["data2vec"]


def data2vec(threshold: float = 2.0) -> Objective:
    """A Huber latent model of what a slow network makes of the whole input, held fixed.

    ``z`` are predictions at masked positions and ``w`` the mean of the slow network's top layers
    there, normalised.
    """
    model = Huber(threshold)
    said = "smooth L1 summed over dimensions; the authors' code divides by their root"
    paper = Published(uniformity=0, shift=model.log_normaliser(), convention=said)
    parts = model, StopGradient(model)
    return Objective("data2vec", *parts, "baevski2022data2vec", paper=paper, both_ways=False)
