"""W-MSE."""

from ssl_theory.alignment import Restricted, VonMisesFisher
from ssl_theory.batch_spaces import Whitened
from ssl_theory.latent_distribution_matching import Objective, Published
from ssl_theory.uniformity import Whitening

__all__ = ["w_mse"]


def w_mse() -> Objective:
    """A von Mises-Fisher latent model of the directions of whitened views."""
    model = Restricted(VonMisesFisher(2.0), Whitened())
    said = "squared distance of normalised vectors, each view whitened by its own Cholesky factor"
    paper = Published(uniformity=0, shift=model.log_normaliser() + 2, convention=said)
    return Objective("w_mse", model, Whitening(), "ermolov2021whitening", paper=paper)
