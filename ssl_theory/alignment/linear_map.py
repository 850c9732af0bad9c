"""A linear predictor, drawn from a seed."""

import torch
from torch import Tensor, nn

__all__ = ["LinearMap"]


class LinearMap(nn.Module):
    """``z`` times a matrix, in double precision unless it is moved.

    >>> LinearMap(3)
    LinearMap(dimension=3)
    """

    def __init__(self, dimension: int, seed: int = 0) -> None:
        super().__init__()
        generator = torch.Generator().manual_seed(seed)
        normal = torch.randn(dimension, dimension, generator=generator, dtype=torch.float64)
        self.matrix = nn.Parameter(normal / dimension**0.5)

    def forward(self, z: Tensor) -> Tensor:
        return z @ self.matrix.mT

    def extra_repr(self) -> str:
        return f"dimension={len(self.matrix)}"
