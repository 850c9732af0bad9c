"""SwAV: swapped assignments between views."""

from ssl_theory.alignment import Categorical
from ssl_theory.codes import Sinkhorn
from ssl_theory.latent_distribution_matching import Objective, Published
from ssl_theory.uniformity import StopGradient

__all__ = ["swav"]


def swav(temperature: float = 0.1, sharpness: float = 0.05, iterations: int = 3) -> Objective:
    """A categorical latent model; each view's codes share the batch out equally, held fixed.

    ``z`` and ``w`` are scores: inner products of unit embeddings with unit prototypes.
    """
    model = Categorical(temperature, Sinkhorn(sharpness, iterations))
    said = "equation 1: both ways added; the authors' code averages them"
    paper = Published(alignment=2, uniformity=0, convention=said)
    return Objective("swav", model, StopGradient(model), "caron2020swav", paper=paper)
