"""What a trained encoder is held against: representations that no training was needed for."""

import numpy as np
import torch
from numpy.typing import NDArray

from ssl_theory.experiments.encoders import Encoder
from ssl_theory.identifiability.chance import random_rotation
from ssl_theory.processes import Pairs

__all__ = ["baselines"]


def baselines(items: Pairs, encoder: Encoder, seed: int) -> dict[str, NDArray[np.float64]]:
    """Of the first view: itself, a fresh encoder's answer, the latents, and these turned.

    >>> from ssl_theory.experiments.encoders import Linear
    >>> from ssl_theory.processes import SpherePairs
    >>> found = baselines(SpherePairs().draw(5, seed=0), Linear(outputs=2), seed=0)
    >>> {name: h.shape[1] for name, h in found.items()}
    {'identity': 3, 'untrained': 2, 'rotation': 3, 'oracle': 3}
    """
    weights = encoder.initial(items.x.shape[1], seed)
    turn = random_rotation(items.latents.shape[1], np.random.default_rng(seed))
    return {
        "identity": items.x,
        "untrained": encoder.apply(weights, torch.from_numpy(items.x)).numpy(),
        "rotation": items.latents @ turn,
        "oracle": items.latents,
    }
