"""One matrix."""

from dataclasses import dataclass

from torch import Tensor

from ssl_theory.experiments.encoders.encoder import Weights
from ssl_theory.experiments.encoders.layers import affine, check_sizes, drawn_layers

__all__ = ["Linear"]


@dataclass(frozen=True)
class Linear:
    """``z = x W``, and ``+ b`` with a ``bias``: what the linear theory is about.

    >>> import torch
    >>> encoder = Linear(outputs=2)
    >>> weights = encoder.initial(features=3, seed=0)
    >>> x = torch.randn(5, 3, dtype=torch.float64)
    >>> torch.equal(encoder.apply(weights, x), x @ weights["weight0"])
    True
    """

    outputs: int
    bias: bool = False

    def __post_init__(self) -> None:
        check_sizes("outputs", self.outputs)

    def initial(self, features: int, seed: int) -> Weights:
        return drawn_layers((features, self.outputs), seed, self.bias)

    def apply(self, weights: Weights, x: Tensor) -> Tensor:
        return affine(x, weights["weight0"], weights.get("bias0"))
