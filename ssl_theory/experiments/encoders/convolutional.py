"""Filters that move over a square picture."""

import itertools
import math
from dataclasses import dataclass

from torch import Tensor
from torch.nn.functional import unfold

from ssl_theory.experiments.encoders.encoder import Weights
from ssl_theory.experiments.encoders.layers import affine, check_sizes, drawn_layers, is_stacked
from ssl_theory.experiments.encoders.perceptron import ACTIVATIONS, check_activation

__all__ = ["Convolutional"]


@dataclass(frozen=True)
class Convolutional:
    """Two or so layers of filters, and an affine map of what they find, place by place.

    A picture is a flat row of ``side * side`` pixels, as films give it. Each layer has as many
    filters as ``channels`` says, ``kernel`` pixels wide and ``stride`` apart, without padding.

    >>> encoder = Convolutional(outputs=2, channels=(4, 8), kernel=3, stride=2)
    >>> encoder.sides(features=100)
    [10, 4, 1]
    """

    outputs: int
    channels: tuple[int, ...] = (8, 16)
    kernel: int = 3
    stride: int = 2
    activation: str = "leaky relu"

    def __post_init__(self) -> None:
        check_sizes("outputs", self.outputs)
        check_sizes("channels", *self.channels)
        check_sizes("kernel", self.kernel)
        check_sizes("stride", self.stride)
        check_activation(self.activation)

    def sides(self, features: int) -> list[int]:
        """Of the picture, and of what each layer makes of it."""
        sides = [math.isqrt(features)]
        if sides[0] ** 2 != features:
            raise ValueError(
                f"`features` must be the pixels of a square picture, got {features}. "
                "Use a Perceptron, or cut the pictures."
            )
        for layer in range(len(self.channels)):
            sides.append((sides[-1] - self.kernel) // self.stride + 1)
            if sides[-1] < 1:
                raise ValueError(
                    f"`kernel` must fit into each layer's picture, got {self.kernel} for one of "
                    f"{sides[layer]} x {sides[layer]}. Use fewer layers or a smaller stride."
                )
        return sides

    def initial(self, features: int, seed: int) -> Weights:
        weights: Weights = {}
        for layer, (inputs, outputs) in enumerate(itertools.pairwise((1, *self.channels))):
            sizes = inputs * self.kernel**2, outputs
            weights |= drawn_layers(sizes, seed, name=f"filters{layer}.", part=layer + 1)
        found = self.sides(features)[-1] ** 2 * self.channels[-1]
        return weights | drawn_layers((found, self.outputs), seed, name="readout.")

    def apply(self, weights: Weights, x: Tensor) -> Tensor:
        answer, shape = ACTIVATIONS[self.activation], x.shape[:-1]
        runs = shape[:1] if is_stacked(weights["readout.weight0"]) else ()
        side = math.isqrt(x.shape[-1])
        pictures = x.reshape(-1, 1, side, side)
        for layer, channels in enumerate(self.channels):
            patches = unfold(pictures, self.kernel, stride=self.stride).transpose(1, 2)
            names = (f"filters{layer}.{kind}0" for kind in ("weight", "bias"))
            patches = patches.reshape(*runs, -1, patches.shape[-1])
            found = answer(affine(patches, *(weights[name] for name in names)))
            side = (side - self.kernel) // self.stride + 1
            pictures = found.reshape(-1, side * side, channels).transpose(1, 2)
            pictures = pictures.reshape(-1, channels, side, side)
        flat = pictures.reshape(*shape, self.channels[-1] * side * side)
        return affine(flat, weights["readout.weight0"], weights["readout.bias0"])
