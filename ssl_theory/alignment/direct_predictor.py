"""The linear predictor that a covariance dictates."""

import torch
from torch import Tensor

__all__ = ["direct_predictor"]


def direct_predictor(correlation: Tensor, boost: float = 0.1) -> Tensor:
    r"""The symmetric matrix with the eigenvectors of ``correlation`` and roots of its eigenvalues.

    An eigenvalue :math:`s_j` becomes :math:`\sqrt{s_j} + \epsilon \max_j s_j`: where a trained
    linear predictor would end up, with a boost for directions that have hardly grown yet. The
    authors' code divides the eigenvalues by the largest first. [tian2021directpred]

    >>> direct_predictor(torch.tensor([[4.0, 0.0], [0.0, 1.0]]), boost=0.0).tolist()
    [[2.0, 0.0], [0.0, 1.0]]
    """
    values, vectors = torch.linalg.eigh(correlation)
    values = values.clamp_min(0)
    return vectors * (values.sqrt() + boost * values.max()) @ vectors.mT
