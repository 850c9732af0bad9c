"""Rectified LpJEPA: predict the other view, and be sparse like a rectified Laplace law."""

from ssl_theory import notation as nt
from ssl_theory.alignment import Gaussian
from ssl_theory.latent_distribution_matching import Objective, Prior, Published
from ssl_theory.uniformity import SlicedWasserstein

__all__ = ["rectified_lp_jepa"]


def rectified_lp_jepa(
    invariance: float = 25.0, spread: float = 250.0, shape: float = 1.0, shift: float = 0.0
) -> Objective:
    """A Gaussian latent model, each view carried to a rectified generalised normal sample.

    The embeddings are meant to be rectified too. To redraw sample and directions, as the authors
    do at every step, replace the seed of its ``uniformity``.
    """
    model, share = Gaussian(1.0), 2 * invariance / nt.d
    said = "the authors' code: means over items, axes and directions; one sample for both views"
    paper = Published(share, share, share * model.log_normaliser(), said)
    parts = model, SlicedWasserstein(spread / (4 * invariance), shape, shift)
    return Objective("rectified_lp_jepa", *parts, "kuang2026rectified", Prior.FLAT, paper)
