"""Canonical correlation analysis, deep if the encoders are."""

from ssl_theory import notation as nt
from ssl_theory.alignment import Canonical
from ssl_theory.latent_distribution_matching import Objective, Published
from ssl_theory.uniformity import Whitening

__all__ = ["cca"]


def cca() -> Objective:
    """Whitened views, each free to rotate onto the other: minus their canonical correlations."""
    model = Canonical()
    said = "minus the sum of the canonical correlations, with nothing added to the covariances"
    paper = Published(uniformity=0, shift=model.log_normaliser() - nt.d, convention=said)
    return Objective("cca", model, Whitening(), "andrew2013dcca", paper=paper)
