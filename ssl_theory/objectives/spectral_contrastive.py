"""The spectral contrastive loss, which factors the graph of augmentations."""

from ssl_theory.alignment import Gaussian
from ssl_theory.latent_distribution_matching import Objective, Prior, Published
from ssl_theory.uniformity import FourthMoment

__all__ = ["spectral_contrastive"]


def spectral_contrastive() -> Objective:
    """A Gaussian latent model with a flat prior, each view spread by a fourth moment.

    The squared lengths in the Gaussian and in the moments cancel, which leaves inner products.
    """
    model = Gaussian(variance=0.5)
    convention = "-2 E <z, w> + E <z, w'>^2 over the pairs i != j, lengths not clipped"
    paper = Published(shift=model.log_normaliser(), convention=convention)
    parts = model, FourthMoment()
    return Objective("spectral_contrastive", *parts, "haochen2021spectral", Prior.FLAT, paper)
