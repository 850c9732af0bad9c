"""DirectPred."""

import torch
from torch import Tensor

from ssl_theory.alignment import LinearGaussian, direct_predictor
from ssl_theory.latent_distribution_matching import Objective, Published
from ssl_theory.uniformity import StopGradient

__all__ = ["direct_pred"]


def direct_pred(correlation: Tensor | None = None, boost: float = 0.1) -> Objective:
    """A Gaussian around a linear prediction that is read off a moving average of ``z.T @ z / n``.

    The average is the caller's to keep: one objective is one step. Without it, ``2**-j`` for three.
    """
    if correlation is None:
        correlation = torch.diag(torch.tensor([1.0, 0.5, 0.25], dtype=torch.float64))
    matrix = direct_predictor(correlation, boost)
    model = LinearGaussian(matrix, torch.eye(len(matrix), dtype=matrix.dtype))
    said = "equation 1: half the squared distance, one way"
    paper = Published(uniformity=0, shift=model.log_normaliser(), convention=said)
    parts = model, StopGradient(model)
    return Objective("direct_pred", *parts, "tian2021directpred", paper=paper, both_ways=False)
