"""Units that remember."""

from dataclasses import dataclass

import torch
from torch import Tensor

from ssl_theory.experiments.encoders.encoder import Weights
from ssl_theory.experiments.encoders.layers import affine, check_sizes, drawn_layers

__all__ = ["Recurrent"]


@dataclass(frozen=True)
class Recurrent:
    r"""Gated units that read one moment after the other, and an affine map of their state.

    .. math::
        h_t = (1 - u_t)\odot\tanh(x_t W_n + b_n + r_t\odot(h_{t-1} U_n + c_n)) + u_t\odot h_{t-1},

    gates :math:`r, u` being sigmoids of affine maps of :math:`x_t` and :math:`h_{t-1}`, and
    :math:`h_0 = 0`, as in ``torch.nn.GRU``. Trajectories have shape ``(..., moments, features)``;
    what is embedded at a moment has seen that moment and all before it.

    >>> encoder = Recurrent(outputs=2, width=4)
    >>> x = torch.randn(5, 7, 3, dtype=torch.float64)
    >>> tuple(encoder.apply(encoder.initial(features=3, seed=0), x).shape)
    (5, 7, 2)
    """

    outputs: int
    width: int = 32

    def __post_init__(self) -> None:
        check_sizes("outputs", self.outputs)
        check_sizes("width", self.width)

    def initial(self, features: int, seed: int) -> Weights:
        def layer(name: str, inputs: int, outputs: int, part: int) -> Weights:
            # Three gates side by side; the bound is that of as many inputs as there are units.
            drawn = drawn_layers((inputs, outputs), seed, name=name, part=part)
            return {key: w * (inputs / self.width) ** 0.5 for key, w in drawn.items()}

        return (
            layer("seen.", features, 3 * self.width, 0)
            | layer("state.", self.width, 3 * self.width, 1)
            | layer("readout.", self.width, self.outputs, 2)
        )

    def apply(self, weights: Weights, x: Tensor) -> Tensor:
        seen = affine(x, weights["seen.weight0"], weights["seen.bias0"])
        state = torch.zeros_like(seen[..., 0, : self.width])
        states = []
        for moment in seen.unbind(-2):
            known = affine(state, weights["state.weight0"], weights["state.bias0"])
            reset_in, keep_in, new_in = moment.chunk(3, -1)
            reset_by, keep_by, new_by = known.chunk(3, -1)
            keep = torch.sigmoid(keep_in + keep_by)
            new = torch.tanh(new_in + torch.sigmoid(reset_in + reset_by) * new_by)
            state = new + keep * (state - new)
            states.append(state)
        remembered = torch.stack(states, -2)
        return affine(remembered, weights["readout.weight0"], weights["readout.bias0"])
