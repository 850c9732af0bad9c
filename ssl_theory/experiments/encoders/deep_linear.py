"""A product of matrices."""

from dataclasses import dataclass

from torch import Tensor

from ssl_theory.experiments.encoders.encoder import Weights
from ssl_theory.experiments.encoders.layers import affine, check_sizes, drawn_layers

__all__ = ["DeepLinear"]


@dataclass(frozen=True)
class DeepLinear:
    """``z = x W_0 W_1 ...``: no more than a linear encoder can do, but learnt along other paths.

    ``scale`` multiplies all initial weights; small ones make directions appear one by one.

    >>> sorted(DeepLinear(outputs=2, widths=(4,)).initial(features=3, seed=0))
    ['weight0', 'weight1']
    """

    outputs: int
    widths: tuple[int, ...] = (32,)
    scale: float = 1.0

    def __post_init__(self) -> None:
        check_sizes("outputs", self.outputs)
        check_sizes("widths", *self.widths)

    def initial(self, features: int, seed: int) -> Weights:
        drawn = drawn_layers((features, *self.widths, self.outputs), seed, bias=False)
        return {name: self.scale * weight for name, weight in drawn.items()}

    def apply(self, weights: Weights, x: Tensor) -> Tensor:
        for layer in range(len(self.widths) + 1):
            x = affine(x, weights[f"weight{layer}"])
        return x
