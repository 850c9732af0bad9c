"""SigLIP: every pair of items is a yes-or-no question."""

from ssl_theory import notation as nt
from ssl_theory.alignment import VonMisesFisher
from ssl_theory.latent_distribution_matching import Objective, Published
from ssl_theory.uniformity import BernoulliPairs

__all__ = ["siglip"]


def siglip(temperature: float = 0.1, bias: float = -10.0) -> Objective:
    """A von Mises-Fisher latent model, spread by the cost of believing that any two items match.

    SigLIP learns ``temperature`` and ``bias``; here they are arguments, at its first values.
    """
    model = VonMisesFisher(concentration=1 / temperature)
    shift = model.log_normaliser() - nt.parameter("bias", bias)
    paper = Published(shift=shift, convention="algorithm 1: the sum over all pairs, divided by n")
    spread = BernoulliPairs(model.concentration, bias)
    return Objective("siglip", model, spread, "zhai2023siglip", paper=paper)
