"""A small invertible encoder, drawn from a seed."""

import torch
from torch import Tensor, nn

__all__ = ["AdditiveCoupling"]


class AdditiveCoupling(nn.Module):
    """One half of the axes moves by what the other half says, and every axis is then scaled.

    The shift has Jacobian one whatever it is, so only the scales change a volume. It computes in
    double precision, as the theory does. [dinh2015nice]

    >>> AdditiveCoupling(3)
    AdditiveCoupling(dimension=3)
    """

    def __init__(self, dimension: int, seed: int = 0) -> None:
        super().__init__()
        generator = torch.Generator().manual_seed(seed)
        normal = lambda *shape: torch.randn(*shape, generator=generator, dtype=torch.float64)  # noqa: E731
        self.told = dimension // 2
        self.shift = nn.Parameter(normal(dimension - self.told, self.told))
        self.log_scale = nn.Parameter(normal(dimension) / 2)

    def forward(self, x: Tensor) -> Tensor:
        teller, listener = x[..., : self.told], x[..., self.told :]
        moved = listener + teller.tanh() @ self.shift.T
        return torch.cat([teller, moved], -1) * self.log_scale.exp()

    def extra_repr(self) -> str:
        return f"dimension={len(self.log_scale)}"
