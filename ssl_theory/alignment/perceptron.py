"""A small predictor, drawn from a seed."""

import torch
from torch import Tensor, nn
from torch.nn.functional import linear

__all__ = ["Perceptron"]


class Perceptron(nn.Module):
    """One hidden layer of rectified units, back to as many dimensions.

    It computes in double precision, as the theory does; ``.to(torch.float32)`` where that is slow.

    >>> Perceptron(3)
    Perceptron(dimension=3, hidden=8)
    """

    def __init__(self, dimension: int, hidden: int = 8, seed: int = 0) -> None:
        super().__init__()
        generator = torch.Generator().manual_seed(seed)
        normal = lambda *shape: torch.randn(*shape, generator=generator, dtype=torch.float64)  # noqa: E731
        self.dimension = dimension
        self.inner = nn.Parameter(normal(hidden, dimension) / dimension**0.5)
        self.threshold = nn.Parameter(normal(hidden) / 2)
        self.outer = nn.Parameter(normal(dimension, hidden) / hidden**0.5)
        self.offset = nn.Parameter(normal(dimension) / 2)

    def forward(self, z: Tensor) -> Tensor:
        return linear(linear(z, self.inner, self.threshold).relu(), self.outer, self.offset)

    def extra_repr(self) -> str:
        return f"dimension={self.dimension}, hidden={len(self.inner)}"
