"""NICE: independent sources behind a nonlinear flow."""

import torch
from torch import Tensor, nn

from ssl_theory.alignment import IndependentSources, Logistic
from ssl_theory.latent_distribution_matching import Objective, Published
from ssl_theory.uniformity import AdditiveCoupling, ChangeOfVariables

__all__ = ["nice"]


def nice(inputs: Tensor | None = None, encoder: nn.Module | None = None) -> Objective:
    """Logistic sources, spread by the log Jacobian of the flow that finds them.

    ``w`` are the sources that ``encoder`` finds in ``inputs``, and ``z`` is ignored.
    """
    if inputs is None:
        inputs = torch.randn(16, 3, generator=torch.Generator().manual_seed(0)).double()
    spread = ChangeOfVariables(inputs, encoder or AdditiveCoupling(inputs.shape[1]))
    paper = Published(convention="equation 3, sign reversed, per item: negative log likelihood")
    parts = IndependentSources(Logistic()), spread
    return Objective("nice", *parts, "dinh2015nice", paper=paper, both_ways=False)
