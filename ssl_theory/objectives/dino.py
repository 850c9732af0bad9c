"""DINO: self-distillation without labels."""

from ssl_theory.alignment import Categorical, Scored
from ssl_theory.codes import Directions, Softmax
from ssl_theory.latent_distribution_matching import Objective, Published
from ssl_theory.uniformity import StopGradient

__all__ = ["dino"]


def dino(
    temperature: float = 0.1, target: Softmax | None = None, prototypes: Directions | None = None
) -> Objective:
    """A categorical latent model; the teacher's codes are centred, sharpened and held fixed.

    ``z`` are the student's scores and ``w`` the teacher's; with ``prototypes``, embeddings. The
    centre is the caller's: the next step has ``target.updated`` with the teacher's scores.
    """
    codes = Categorical(temperature, target or Softmax(0.04))
    model = Scored(codes, prototypes, prototypes).updated() if prototypes else codes
    said = "cross-entropy of one crop of the student against one of the teacher"
    paper = Published(uniformity=0, convention=said)
    parts = model, StopGradient(model), "caron2021dino"
    return Objective("dino", *parts, paper=paper, both_ways=False)
