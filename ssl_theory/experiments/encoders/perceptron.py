"""Layers of units."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

import torch
from torch import Tensor
from torch.nn.functional import gelu, leaky_relu

from ssl_theory.experiments.encoders.encoder import Weights
from ssl_theory.experiments.encoders.layers import affine, check_sizes, drawn_layers

__all__ = ["ACTIVATIONS", "Perceptron", "check_activation"]

ACTIVATIONS: Mapping[str, Callable[[Tensor], Tensor]] = MappingProxyType(
    {
        # In the place of their input: at many runs, fresh memory costs more than the arithmetic.
        "relu": torch.relu_,
        "leaky relu": partial(leaky_relu, inplace=True),
        "gelu": gelu,
        "tanh": torch.tanh_,
    }
)
"""What units answer to their input; the leaky ones let a hundredth of what is negative pass."""


@dataclass(frozen=True)
class Perceptron:
    """``z = f(... f(x W_0 + b_0) ...) W_k + b_k``, ``f`` being the ``activation``.

    >>> encoder = Perceptron(outputs=2, widths=(16, 16))
    >>> {name: tuple(w.shape) for name, w in encoder.initial(features=3, seed=0).items()}
    {'weight0': (3, 16), 'bias0': (16,), 'weight1': (16, 16), 'bias1': (16,), \
    'weight2': (16, 2), 'bias2': (2,)}
    """

    outputs: int
    widths: tuple[int, ...] = (64, 64)
    activation: str = "leaky relu"

    def __post_init__(self) -> None:
        check_sizes("outputs", self.outputs)
        check_sizes("widths", *self.widths)
        check_activation(self.activation)

    def initial(self, features: int, seed: int) -> Weights:
        return drawn_layers((features, *self.widths, self.outputs), seed)

    def apply(self, weights: Weights, x: Tensor) -> Tensor:
        answer, last = ACTIVATIONS[self.activation], len(self.widths)
        for layer in range(last):
            x = answer(affine(x, weights[f"weight{layer}"], weights[f"bias{layer}"]))
        return affine(x, weights[f"weight{last}"], weights[f"bias{last}"])


def check_activation(name: str) -> None:
    """Refuse an activation that is not known."""
    if name not in ACTIVATIONS:
        raise ValueError(
            f"`activation` must be one of {', '.join(ACTIVATIONS)}, got {name!r}. "
            "Choose one, or write an encoder: two methods."
        )
