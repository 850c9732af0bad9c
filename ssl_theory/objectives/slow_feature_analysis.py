"""Slow feature analysis, whose views are an item and the one after it."""

from ssl_theory.alignment import Gaussian, Restricted
from ssl_theory.batch_spaces import Whitened
from ssl_theory.latent_distribution_matching import Objective, Published
from ssl_theory.uniformity import Whitening

__all__ = ["slow_feature_analysis"]


def slow_feature_analysis() -> Objective:
    """A Gaussian latent model of whitened views, which have one encoder and so may not rotate."""
    model = Restricted(Gaussian(0.5), Whitened())
    said = "the sum of the slownesses, each view whitened by its own covariance"
    paper = Published(uniformity=0, shift=model.log_normaliser(), convention=said)
    name, source = "slow_feature_analysis", "wiskott2002slow"
    return Objective(name, model, Whitening(), source, paper=paper)
