"""One training."""

from typing import Any

from ssl_theory.experiments.descent import trained
from ssl_theory.experiments.encoders import Encoder
from ssl_theory.experiments.request import Request
from ssl_theory.experiments.result import Result
from ssl_theory.experiments.training import Training
from ssl_theory.processes import World

__all__ = ["STANDARD", "run"]

STANDARD = Training()


def run(
    objective: Any, process: World, encoder: Encoder, training: Training = STANDARD, *,
    seed: int = 0,
) -> Result:  # fmt: skip
    """Train an encoder by an objective on what a process draws.

    ``objective`` is one of :mod:`ssl_theory.objectives`, or any function of the embeddings: of two
    views ``(items, dimensions)``, or of trajectories ``(trajectories, moments, dimensions)`` where
    the process draws those. It may have weights of its own: then it has a method
    ``initial(dimensions, seed)`` that gives them by name, and is called with them before the
    embeddings. Weights and data depend on ``seed`` alone.

    >>> from ssl_theory.experiments.encoders import Linear
    >>> from ssl_theory.objectives import gaussian_infomax
    >>> from ssl_theory.processes import GaussianPairs
    >>> training = Training(steps=300, batch=256, rate=0.03)
    >>> result = run(gaussian_infomax(), GaussianPairs(), Linear(outputs=2), training)
    >>> result.converged, result.encode(GaussianPairs().draw(5, seed=0).x).shape
    (True, (5, 2))
    """
    request = Request(objective, process, encoder, training, seed, ("",) * 4)
    return Result.of(request, *trained([request]))
