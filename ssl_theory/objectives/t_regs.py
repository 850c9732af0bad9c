"""T-REGS: spread by the length of a tree."""

from ssl_theory.alignment import Gaussian
from ssl_theory.latent_distribution_matching import Objective, Prior, Published
from ssl_theory.uniformity import MinimumSpanningTree

__all__ = ["t_regs"]


def t_regs(invariance: float = 1.0, length: float = 1.0, sphere: float = 1.0) -> Objective:
    """A Gaussian latent model, each view spread by its minimum spanning tree near the sphere."""
    model = Gaussian(1 / (2 * invariance))
    said = "squared distances, tree lengths and squared gaps to the sphere, all per item"
    paper = Published(shift=model.log_normaliser(), convention=said)
    spread = MinimumSpanningTree(length, sphere)
    return Objective("t_regs", model, spread, "mordacq2025tregs", Prior.FLAT, paper)
