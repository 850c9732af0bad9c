"""What came of one run."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from ssl_theory.experiments.encoders import Encoder
from ssl_theory.experiments.encoders.encoder import Weights
from ssl_theory.experiments.request import Request
from ssl_theory.experiments.training import Training
from ssl_theory.processes import World

__all__ = ["Outcome", "Result"]


@dataclass(frozen=True, eq=False)
class Outcome:
    """The numbers of a run, as they travel between processes and rest in files."""

    weights: dict[str, NDArray[Any]]
    objective_weights: dict[str, NDArray[Any]]
    losses: NDArray[np.float64]
    start: float
    end: float
    converged: bool
    certificate: str
    solver: str = "gradient"


@dataclass(frozen=True, eq=False)
class Result:
    """A trained encoder, how its loss went, and whether training it further would gain anything.

    ``losses`` has the loss of each step before the step was taken, on the step's own data; where
    the objective follows a field and has no loss, its alignment. ``start`` and ``end`` are losses
    of the weights before and after training, on fresh data; where no certificate was asked for,
    those of the first and the last step. ``certificate`` is a sentence, and begins with
    UNCONVERGED unless ``converged``. ``solver`` says whether weights were trained by gradient or
    found in closed form; then there are no steps, and ``end`` is the loss over infinitely many
    items.
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
    solver: str = "gradient"

    @classmethod
    def of(cls, request: Request, outcome: Outcome) -> "Result":
        """The result of what was asked for."""
        weights, objective_weights = (
            {name: torch.from_numpy(array) for name, array in arrays.items()}
            for arrays in (outcome.weights, outcome.objective_weights)
        )
        return cls(
            request.objective, request.process, request.encoder, request.training, request.seed,
            weights, objective_weights, outcome.losses, outcome.start, outcome.end,
            outcome.converged, outcome.certificate, outcome.solver,
        )  # fmt: skip

    def encode(self, x: NDArray[np.floating]) -> NDArray[np.float64]:
        """The embeddings of ``(..., features)``, computed as in training."""
        with torch.no_grad():
            z = self.encoder.apply(self.weights, torch.from_numpy(x).to(self.training.dtype))
        return z.double().numpy()

    def __str__(self) -> str:
        return f"seed {self.seed}, loss {self.end:.5g}: {self.certificate}"
