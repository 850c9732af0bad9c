"""CLIP: InfoNCE between two modalities, each with an encoder of its own."""

from ssl_theory import notation as nt
from ssl_theory.alignment import VonMisesFisher
from ssl_theory.latent_distribution_matching import Objective, Published
from ssl_theory.uniformity import ModelMarginal

__all__ = ["clip"]


def clip(temperature: float = 0.07) -> Objective:
    """InfoNCE where ``z`` and ``w`` come from different encoders, at CLIP's first temperature.

    CLIP learns the temperature; here it is an argument, so that an objective stays a value.
    """
    model = VonMisesFisher(concentration=1 / temperature)
    paper = Published(shift=nt.log(nt.n), convention="mean of the losses over rows and columns")
    return Objective("clip", model, ModelMarginal(model), "radford2021clip", paper=paper)
