"""Latent distribution matching on the simplex."""

from ssl_theory.alignment import Dirichlet
from ssl_theory.latent_distribution_matching import Objective, Prior, Published
from ssl_theory.uniformity import KernelDensity

__all__ = ["ldm_simplex"]


def ldm_simplex(concentration: float = 10.0) -> Objective:
    """A Dirichlet latent model, each view spread by a density estimate with kernels like it.

    Embeddings are logits; the points on the simplex are their softmax.
    """
    model = Dirichlet(concentration)
    paper = Published(convention="densities with all constants; an item counts among its own")
    parts = model, KernelDensity(model, itself=True)
    return Objective("ldm_simplex", *parts, "mikulasch2026ldm", Prior.FLAT, paper)
