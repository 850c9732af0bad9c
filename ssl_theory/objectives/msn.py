"""MSN: masked siamese networks."""

from ssl_theory.alignment import Categorical, Scored
from ssl_theory.codes import Directions, Softmax
from ssl_theory.latent_distribution_matching import Objective, Published
from ssl_theory.uniformity import MeanEntropy

__all__ = ["msn"]


def msn(
    temperature: float = 0.1, sharpening: float = 0.25, prototypes: Directions | None = None
) -> Objective:
    """A categorical latent model, spread by the entropy of the mean prediction.

    ``z`` are the masked anchor's scores and ``w`` those of the target, which in training come
    without gradient from a slow network; with ``prototypes``, both are embeddings. Minus the total
    is at most the information of anchors about codes if mean prediction and mean target agree.
    """
    codes = Categorical(temperature, Softmax(temperature * sharpening))
    model = Scored(codes, prototypes, prototypes).updated() if prototypes else codes
    said = "equation 1 with weight one; the authors' code adds the log of the number of prototypes"
    parts = model, MeanEntropy(temperature, prototypes)
    paper = Published(convention=said)
    return Objective("msn", *parts, "assran2022msn", paper=paper, both_ways=False)
