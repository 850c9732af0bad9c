"""SwAV: swapped assignments between views."""

from ssl_theory.alignment import Categorical, Scored
from ssl_theory.codes import Directions, Sinkhorn
from ssl_theory.latent_distribution_matching import Objective, Published
from ssl_theory.uniformity import StopGradient

__all__ = ["swav"]


def swav(
    temperature: float = 0.1, sharpness: float = 0.05, prototypes: Directions | None = None
) -> Objective:
    """A categorical latent model of the scores of prototypes, which learn with the encoder.

    Each view's codes share the batch out equally, and are held fixed: one objective is one step.
    """
    codes = Categorical(temperature, Sinkhorn(sharpness, iterations=3))
    learned = prototypes or Directions(dimension=3, codes=4)
    model = Scored(codes, learned, learned).updated()
    said = "equation 1: both ways added; the authors' code averages them"
    paper = Published(alignment=2, uniformity=0, convention=said)
    return Objective("swav", model, StopGradient(model), "caron2020swav", paper=paper)
