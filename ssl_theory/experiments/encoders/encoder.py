"""What every encoder has."""

from typing import Protocol

from torch import Tensor

__all__ = ["Encoder", "Weights"]

Weights = dict[str, Tensor]
"""By name. All may have a leading axis of runs; then what they are applied to has one too."""


class Encoder(Protocol):
    """A frozen architecture. Its weights live outside of it, so that many runs can be stacked."""

    def initial(self, features: int, seed: int) -> Weights:
        """The weights of one run before training, in double precision, by the seed alone."""

    def apply(self, weights: Weights, x: Tensor) -> Tensor:
        """What ``x`` of shape ``(..., features)`` is embedded as, ``(..., outputs)``.

        Nothing is changed. Weights of ``runs`` at once want ``(runs, ..., features)`` and give
        ``(runs, ..., outputs)``.
        """
