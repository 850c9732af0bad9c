"""The views that other libraries' frozen numbers were computed on, and those numbers.

Each was run once on ``two_views()`` with numpy 2.4 and torch 2.13.0 on a CPU, in float64 where
the library allows it.
"""

import numpy as np
import torch
from torch import Tensor

__all__ = ["BARLOW_TWINS", "VICREG", "two_views"]

VICREG = {
    # Weights 25, 25, 1: the authors' main_vicreg.py, and stable-pretraining, lightly and
    # pytorch-metric-learning, agree to every digit.
    "authors": 17.3230708662,
    # solo-learn sums the variance penalties of the views where the others average them.
    "solo-learn": 34.3934508899,
}
# lightly 1.6.0: BarlowTwinsLoss(lambda_param=5e-3)(z, w), with batch normalisation (biased
# variances, eps 1e-5).
BARLOW_TWINS = {"lightly": 0.2275542119503612}


def two_views() -> tuple[Tensor, Tensor]:
    """256 items in 32 dimensions whose spectrum falls as a power, and a noisy copy."""
    rng = np.random.default_rng(0)
    x = rng.standard_normal((512, 32)) * np.arange(1, 33) ** -0.5
    y = x + 0.1 * rng.standard_normal((512, 32))
    return torch.from_numpy(x[:256]), torch.from_numpy(y[:256])
