"""Infomax: linear independent component analysis."""

import torch
from torch import Tensor

from ssl_theory.alignment import IndependentSources, Logistic
from ssl_theory.latent_distribution_matching import Objective, Published
from ssl_theory.uniformity import ChangeOfVariables

__all__ = ["linear_ica"]


def linear_ica(inputs: Tensor | None = None, seed: int = 0) -> Objective:
    """Logistic sources, spread by the log determinant of the matrix that finds them.

    ``w`` are the sources found in ``inputs``, and ``z`` is ignored: there is one view.
    """
    if inputs is None:
        inputs = torch.randn(16, 3, generator=torch.Generator().manual_seed(seed))
    paper = Published(convention="minus the entropy of the sigmoids' outputs, plus the inputs' own")
    parts = IndependentSources(Logistic()), ChangeOfVariables(inputs)
    return Objective("linear_ica", *parts, "bell1995infomax", paper=paper, both_ways=False)
