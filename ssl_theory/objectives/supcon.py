"""Supervised contrastive learning: NT-Xent whose positives share a label."""

from collections.abc import Sequence

from ssl_theory import notation as nt
from ssl_theory.alignment import Labelled, VonMisesFisher
from ssl_theory.latent_distribution_matching import Objective, Published
from ssl_theory.uniformity import PooledMarginal

__all__ = ["supcon"]


def supcon(labels: Sequence[int] = (0, 0, 0, 1, 1, 2), temperature: float = 0.1) -> Objective:
    """A von Mises-Fisher latent model around every item of a kind, spread as SimCLR is."""
    model = VonMisesFisher(concentration=1 / temperature)
    convention = "equation 2, positives averaged outside the logarithm; the mean over 2n anchors"
    paper = Published(shift=nt.log(2 * nt.n - 1), convention=convention)
    parts = Labelled(model, tuple(map(int, labels))), PooledMarginal(model)
    return Objective("supcon", *parts, "khosla2020supcon", paper=paper)
