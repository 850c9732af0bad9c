"""HuBERT: predicting the hidden units of speech."""

from ssl_theory import notation as nt
from ssl_theory.alignment import Categorical
from ssl_theory.codes import Largest
from ssl_theory.latent_distribution_matching import Objective, Published
from ssl_theory.uniformity import Observed

__all__ = ["hubert"]


def hubert(temperature: float = 0.1) -> Objective:
    """A categorical latent model of the cluster that each hidden frame was put in beforehand.

    An item is a hidden frame: ``z`` are the cosines of its projection with the embeddings of the
    clusters, and the largest entry of ``w`` marks its cluster.
    """
    model = Categorical(temperature, Largest())
    said = "the sum over hidden frames; other frames have weight zero"
    paper = Published(alignment=nt.n, uniformity=0, convention=said)
    return Objective("hubert", model, Observed(), "hsu2021hubert", paper=paper, both_ways=False)
