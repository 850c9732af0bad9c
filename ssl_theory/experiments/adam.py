"""Adam for runs side by side, each with its own rate."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor

__all__ = ["Adam"]

MEAN, SQUARE = 0.9, 0.999  # what is remembered of the gradient and of its square, a step
LEAST = 1e-8  # added to the root of the mean square


@dataclass
class Adam:
    r"""Running means of the gradient and its square, a row for each run.

    .. math::
        \theta \leftarrow (1 - \eta\lambda)\,\theta
            - \eta\,\frac{m / (1 - \beta_1^t)}{\sqrt{v / (1 - \beta_2^t)} + \epsilon}

    as ``torch.optim.AdamW`` has it. [kingma2015adam, loshchilov2019decoupled]
    """

    mean: Tensor
    square: Tensor
    steps: int = 0

    def __post_init__(self) -> None:
        self._room = torch.empty_like(self.square)

    @classmethod
    def starting(cls, weights: Tensor) -> "Adam":
        """With nothing remembered."""
        return cls(torch.zeros_like(weights), torch.zeros_like(weights))

    @torch.no_grad()
    def step(
        self, weights: Tensor, gradient: Tensor, rates: Tensor, weight_decay: Tensor | None
    ) -> None:
        """Change weights in place; ``rates`` and ``weight_decay`` are columns, a row for each run.

        ``rates`` of one element hold for all.
        """
        self.steps += 1
        self.mean.lerp_(gradient, 1 - MEAN)
        self.square.mul_(SQUARE).addcmul_(gradient, gradient, value=1 - SQUARE)
        if weight_decay is not None:
            weights.mul_(1 - rates * weight_decay)
        # Both corrections are put on the root, so that no more passes over the weights are needed.
        shrunk = math.sqrt(1 - SQUARE**self.steps)
        root = torch.sqrt(self.square, out=self._room).add_(LEAST * shrunk)
        scale = -shrunk / (1 - MEAN**self.steps)
        if len(rates) == 1:
            weights.addcdiv_(self.mean, root, value=scale * float(rates))
        else:
            weights.addcdiv_(self.mean, root.div_(scale * rates))
