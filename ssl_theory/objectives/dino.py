"""DINO: self-distillation without labels."""

from ssl_theory.alignment import Categorical
from ssl_theory.codes import Softmax
from ssl_theory.latent_distribution_matching import Objective, Published
from ssl_theory.uniformity import StopGradient

__all__ = ["dino"]


def dino(temperature: float = 0.1, target: Softmax | None = None) -> Objective:
    """A categorical latent model; the teacher's codes are centred, sharpened and held fixed.

    ``z`` are the student's scores and ``w`` the teacher's. The centre is the caller's to keep:
    one objective is one step, the next has ``target.updated(w)``.
    """
    model = Categorical(temperature, target or Softmax(0.04))
    said = "cross-entropy of one crop of the student against one of the teacher"
    paper = Published(uniformity=0, convention=said)
    parts = model, StopGradient(model)
    return Objective("dino", *parts, "caron2021dino", paper=paper, both_ways=False)
