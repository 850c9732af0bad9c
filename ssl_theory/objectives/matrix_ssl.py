"""Matrix-SSL."""

from ssl_theory.alignment import VonMisesFisher
from ssl_theory.latent_distribution_matching import Objective, Prior, Published
from ssl_theory.uniformity import MatrixCrossEntropy

__all__ = ["matrix_ssl"]


def matrix_ssl(weight: float = 1.0) -> Objective:
    """A von Mises-Fisher latent model, spread by matrix cross-entropies of the covariances.

    The pull is the first order of a matrix logarithm, and the push is what follows it.
    """
    model, spread = VonMisesFisher(1.0), MatrixCrossEntropy(weight)
    said = "the authors' code with both of its shifts one: logarithms to fourth order about I"
    paper = Published(shift=model.log_normaliser(), convention=said)
    return Objective("matrix_ssl", model, spread, "zhang2024matrix", Prior.FLAT, paper)
