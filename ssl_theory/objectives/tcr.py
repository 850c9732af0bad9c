"""Total coding rate, as in neural manifold clustering and embedding."""

from ssl_theory.alignment import VonMisesFisher
from ssl_theory.latent_distribution_matching import Objective, Published
from ssl_theory.uniformity import CodingRate

__all__ = ["tcr"]


def tcr(weight: float = 100.0, distortion: float = 0.5) -> Objective:
    """A von Mises-Fisher latent model, spread by the coding rate of each view."""
    model, spread = VonMisesFisher(weight), CodingRate(distortion)
    said = "the authors' self-supervised code: minus the mean rate, minus the weighted cosine"
    paper = Published(shift=model.log_normaliser(), convention=said)
    return Objective("tcr", model, spread, "li2022nmce", paper=paper)
