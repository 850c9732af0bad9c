"""DeepCluster: classifying into clusters of one's own features."""

from ssl_theory.alignment import Categorical
from ssl_theory.codes import Largest
from ssl_theory.latent_distribution_matching import Objective, Published
from ssl_theory.uniformity import Observed

__all__ = ["deep_cluster"]


def deep_cluster() -> Objective:
    """A categorical latent model of the cluster that k-means put each item in, an epoch ago.

    ``z`` are the logits of a linear classifier, and the largest entry of ``w`` marks the nearest
    centroid: minus its squared distances will do. No entropy opposes collapse; the paper samples
    clusters equally often, and splits others when one runs empty.
    """
    model = Categorical(1.0, Largest())
    paper = Published(convention="equation 2: the mean over items, each cluster as large as it is")
    parts = model, Observed()
    return Objective("deep_cluster", *parts, "caron2018deepcluster", paper=paper, both_ways=False)
