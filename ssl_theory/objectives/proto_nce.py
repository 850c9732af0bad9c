"""ProtoNCE, the objective of prototypical contrastive learning."""

import torch

from ssl_theory import notation as nt
from ssl_theory.alignment import Prototypes, VonMisesFisher
from ssl_theory.latent_distribution_matching import Objective, Published
from ssl_theory.uniformity import ModelMarginal

__all__ = ["proto_nce"]


def proto_nce(prototypes: Prototypes | None = None) -> Objective:
    """InfoNCE in one direction, whose latent model also says which cluster each query is in.

    ``prototypes.updated(features)`` clusters anew. Without any, three axes have two items each.
    """
    axes = torch.eye(3, dtype=torch.float64), torch.tensor([0.1, 0.2, 0.3], dtype=torch.float64)
    model = prototypes or Prototypes(VonMisesFisher(10.0), *axes, (0, 0, 1, 1, 2, 2))
    said = "equation 11 with one clustering, all its prototypes, and the batch's keys z"
    parts = model, ModelMarginal(model.model), "li2021pcl"
    paper = Published(shift=nt.log(nt.n), convention=said)
    return Objective("proto_nce", *parts, paper=paper, both_ways=False)
