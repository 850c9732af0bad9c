"""Alignment and uniformity on the hypersphere."""

from ssl_theory.alignment import VonMisesFisher
from ssl_theory.latent_distribution_matching import Objective, Published
from ssl_theory.uniformity import QuadraticRenyi

__all__ = ["align_uniform"]


def align_uniform(t: float = 2.0) -> Objective:
    """A von Mises-Fisher latent model, spread by the quadratic Renyi entropy of a sharper one.

    InfoNCE takes the mean of a logarithm where this takes the logarithm of a mean,
    so by Jensen's inequality it never reports more entropy than InfoNCE would.
    """
    model, kernel = VonMisesFisher(2.0), VonMisesFisher(2 * t)
    shift = model.log_normaliser() + 2 - kernel.log_normaliser() - 2 * t
    paper = Published(shift=shift, convention="equal weights, squared distance, pairs i != j")
    source = "wang2020alignuniform"
    return Objective("align_uniform", model, QuadraticRenyi(kernel), source, paper=paper)
