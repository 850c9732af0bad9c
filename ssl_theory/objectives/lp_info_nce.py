"""InfoNCE on an l_p distance, which identifies each latent on its own."""

from ssl_theory import notation as nt
from ssl_theory.alignment import GeneralisedNormal
from ssl_theory.latent_distribution_matching import Objective, Published
from ssl_theory.uniformity import ModelMarginal

__all__ = ["lp_info_nce"]


def lp_info_nce(power: float = 1.0, temperature: float = 1.0) -> Objective:
    """A generalised normal latent model, spread by the entropy of its own marginal.

    Unless ``power`` is 2, a perfect match recovers the latents up to their order and signs.
    """
    model = GeneralisedNormal(temperature ** (1 / power), power)
    said = "p-th power of the l_p norm over the temperature; negatives from the batch, both ways"
    paper = Published(shift=nt.log(nt.n), convention=said)
    source = "zimmermann2021inverts"
    return Objective("lp_info_nce", model, ModelMarginal(model), source, paper=paper)
