"""SimCLR as latent distribution matching: the entropy of the pair instead of each view's."""

from ssl_theory.alignment import VonMisesFisher
from ssl_theory.latent_distribution_matching import Objective, Prior, Published
from ssl_theory.uniformity import JointKernelDensity

__all__ = ["ldm_simclr"]


def ldm_simclr(temperature: float = 0.1) -> Objective:
    """A von Mises-Fisher latent model, spread by a joint density estimate with kernels like it."""
    model = VonMisesFisher(concentration=1 / temperature)
    convention = "the mean of the exponentials over all n pairs, an item's own included"
    paper = Published(shift=-model.log_normaliser(), convention=convention)
    spread = JointKernelDensity(model, itself=True)
    return Objective("ldm_simclr", model, spread, "mikulasch2026ldm", Prior.FLAT, paper)
