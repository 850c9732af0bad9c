"""SimCLR with the kernel of t-SNE."""

from ssl_theory import notation as nt
from ssl_theory.alignment import StudentT
from ssl_theory.latent_distribution_matching import Objective, Published
from ssl_theory.uniformity import PooledMarginal

__all__ = ["t_simclr"]


def t_simclr(degrees: float = 10.0, temperature: float = 5.0) -> Objective:
    """A Student-t latent model, spread by its marginal over the rest of both views.

    As for ``t_moco``, the kernel is a density in no more than ``degrees`` dimensions.
    """
    model = StudentT((degrees + 1) / 2, (temperature * degrees) ** 0.5)
    said = "SimCLR's cross-entropy over 2n - 1 others, with t-MoCo's similarity"
    paper = Published(shift=nt.log(2 * nt.n - 1), convention=said)
    return Objective("t_simclr", model, PooledMarginal(model), "hu2023tsne", paper=paper)
