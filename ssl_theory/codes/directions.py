"""Learned prototypes, which turn embeddings into the scores of codes."""

import torch
from torch import Tensor, nn
from torch.nn.functional import linear, normalize

from ssl_theory import notation as nt

__all__ = ["Directions"]


class Directions(nn.Module):
    """Inner products with unit prototypes, drawn from a seed.

    >>> Directions(3, codes=4)
    Directions(dimension=3, codes=4)
    """

    def __init__(self, dimension: int, codes: int, seed: int = 0) -> None:
        super().__init__()
        generator = torch.Generator().manual_seed(seed)
        drawn = torch.randn(codes, dimension, generator=generator, dtype=torch.float64)
        self.weight = nn.Parameter(drawn)

    def forward(self, z: Tensor) -> Tensor:
        return linear(z, normalize(self.weight).to(z.dtype))

    def extra_repr(self) -> str:
        codes, dimension = self.weight.shape
        return f"dimension={dimension}, codes={codes}"

    def entries(self, view: str, letter: str = "c") -> nt.Entries:
        """The scores of ``view``, in formulas."""
        return nt.Entries(
            rf"\left({view} {letter}^\top\right)",
            lambda views: self(torch.tensor(views[view])).detach().double().numpy(),
        )
