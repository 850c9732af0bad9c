"""MSN: masked siamese networks."""

from ssl_theory.alignment import Categorical
from ssl_theory.codes import Softmax
from ssl_theory.latent_distribution_matching import Objective, Published
from ssl_theory.uniformity import MeanEntropy

__all__ = ["msn"]


def msn(temperature: float = 0.1, sharpening: float = 0.25) -> Objective:
    """A categorical latent model, spread by the entropy of the mean prediction.

    ``z`` are the masked anchor's scores and ``w`` those of the target, which in training come
    without gradient from a slow network. While the mean prediction is the mean target, minus the
    total is at most the information that anchors have of codes; otherwise it may be more.
    """
    model = Categorical(temperature, Softmax(temperature * sharpening))
    said = "equation 1 with weight one; the authors' code adds the log of the number of prototypes"
    parts = model, MeanEntropy(temperature)
    paper = Published(convention=said)
    return Objective("msn", *parts, "assran2022msn", paper=paper, both_ways=False)
