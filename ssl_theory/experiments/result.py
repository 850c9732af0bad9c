"""What came of one run."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from ssl_theory.experiments.encoders import Encoder
from ssl_theory.experiments.encoders.encoder import Weights
from ssl_theory.experiments.training import Training
from ssl_theory.processes import World

__all__ = ["Result"]


@dataclass(frozen=True, eq=False)
class Result:
    """A trained encoder, how its loss went, and whether training it further would gain anything.

    ``losses`` has the loss of each step before the step was taken, on the step's own data; where
    the objective follows a field and has no loss, its alignment. ``start`` and ``end`` are losses
    of the weights before and after training, on fresh data. ``certificate`` is a sentence, and
    begins with UNCONVERGED unless ``converged``.
    """

    objective: Any
    process: World
    encoder: Encoder
    training: Training
    seed: int
    weights: Weights
    objective_weights: Weights
    losses: NDArray[np.float64]
    start: float
    end: float
    converged: bool
    certificate: str

    def encode(self, x: NDArray[np.floating]) -> NDArray[np.float64]:
        """The embeddings of ``(..., features)``, computed as in training."""
        with torch.no_grad():
            z = self.encoder.apply(self.weights, torch.from_numpy(x).to(self.training.dtype))
        return z.double().numpy()

    def __str__(self) -> str:
        return f"seed {self.seed}, loss {self.end:.5g}: {self.certificate}"
