"""Contrast with the kernel of t-SNE."""

from ssl_theory import notation as nt
from ssl_theory.alignment import StudentT
from ssl_theory.latent_distribution_matching import Objective, Published
from ssl_theory.uniformity import ModelMarginal

__all__ = ["t_moco"]


def t_moco(degrees: float = 10.0, temperature: float = 5.0) -> Objective:
    """A Student-t latent model, spread by the entropy of its own marginal.

    Its kernel is ``(1 + |w - z|^2 / (temperature degrees))^(-(degrees + 1) / 2)``, a density in
    no more than ``degrees`` dimensions: the 10 of the paper's script say nothing of its 128.
    """
    model = StudentT((degrees + 1) / 2, (temperature * degrees) ** 0.5)
    said = "t-MoCo's cross-entropy with the batch's other items for its queue, both ways"
    paper = Published(shift=nt.log(nt.n), convention=said)
    return Objective("t_moco", model, ModelMarginal(model), "hu2023tsne", paper=paper)
