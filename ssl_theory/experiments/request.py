"""One run that is wanted: all that decides what comes out."""

from dataclasses import dataclass
from typing import Any

from ssl_theory.experiments.encoders import Encoder
from ssl_theory.experiments.training import Training
from ssl_theory.processes import World

__all__ = ["Request", "has_weights"]


@dataclass(frozen=True, eq=False)
class Request:
    """What to train, on what, how, from which seed, and what each is called in a table."""

    objective: Any
    process: World
    encoder: Encoder
    training: Training
    seed: int
    names: tuple[str, ...]  # of objective, process, encoder and training

    def __post_init__(self) -> None:
        if not callable(self.objective):
            raise TypeError(
                f"`objective` must be an Objective or a function of embeddings, got "
                f"{type(self.objective).__name__}. Call the factory: info_nce()."
            )
        if not callable(getattr(self.process, "draw", None)):
            raise TypeError(
                f"`process` must have a method `draw`, got {type(self.process).__name__}. "
                "Use one of ssl_theory.processes, as a value: SpherePairs()."
            )
        if not all(callable(getattr(self.encoder, n, None)) for n in ("initial", "apply")):
            raise TypeError(
                "`encoder` must have methods `initial` and `apply`, got "
                f"{type(self.encoder).__name__}. Use one of ssl_theory.experiments.encoders."
            )
        if not isinstance(self.training, Training):
            raise TypeError(
                f"`training` must be a Training, got {type(self.training).__name__}. "
                "Write Training(steps=1500)."
            )
        if not isinstance(self.seed, int) or self.seed < 0:
            raise ValueError(f"`seed` must be an integer of at least 0, got {self.seed!r}.")


def has_weights(objective: Any) -> bool:
    """Whether an objective has weights of its own, which are trained with the encoder's."""
    return callable(getattr(objective, "initial", None))
