"""MAE: masked autoencoders."""

from ssl_theory import notation as nt
from ssl_theory.alignment import Gaussian
from ssl_theory.latent_distribution_matching import Objective, Published
from ssl_theory.uniformity import Observed

__all__ = ["mae"]


def mae() -> Objective:
    """A Gaussian latent model whose latents are the inputs: maximum likelihood of hidden patches.

    An item is a patch that was hidden: ``z`` is its reconstruction and ``w`` its pixels, or its
    pixels standardised within the patch. The distance is the same both ways.
    """
    model = Gaussian(0.5)
    said = "mean squared error over the pixels of hidden patches"
    paper = Published(1 / nt.d, 0, model.log_normaliser() / nt.d, convention=said)
    return Objective("mae", model, Observed(), "he2022mae", paper=paper)
