"""How well an objective is descended, on batches that no encoder was trained on."""

import numpy as np
import torch
from numpy.typing import NDArray

from ssl_theory.latent_distribution_matching import Objective

__all__ = ["NEAR", "held_out_losses"]

NEAR = 0.05  # of the information a loss can gain at most: further from the least, a run is nowhere


def held_out_losses(
    objective: Objective, z: NDArray[np.float64], w: NDArray[np.float64], batch: int
) -> NDArray[np.float64]:
    """Of each whole batch of embedded views, in nats.

    >>> from ssl_theory.objectives import info_nce
    >>> z = np.ones((7, 2))  # of what has collapsed no item can be told from another
    >>> held_out_losses(info_nce(), z, z, batch=3).round(9).tolist()
    [0.0, 0.0]
    """
    whole = len(z) // batch * batch
    views = (torch.from_numpy(view[:whole]).split(batch) for view in (z, w))
    return np.array([objective(*pair).total.item() for pair in zip(*views, strict=True)])
