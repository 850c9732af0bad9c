"""Views of a size that an objective is defined for."""

import torch
from hypothesis import strategies as st
from torch import Generator, Tensor

from ssl_theory.checks.strategies import pairs
from ssl_theory.latent_distribution_matching import Objective

__all__ = ["drawn", "example", "pairs_for", "sizes"]

# Items, dimensions at which a formula is opened: enough items for the joint covariance.
SIZES = ((6, 2), (4, 1), (8, 3))


def sizes(objective: Objective) -> list[tuple[int, int]]:
    """Where the formulas of ``objective`` are opened."""
    least = 2 if objective.model.space.intrinsic_dimension(1) == 0 else 1
    wanted = (objective.nearest_size(n, d) for n, d in SIZES if d >= least)
    return list(dict.fromkeys(wanted))


def pairs_for(objective: Objective) -> st.SearchStrategy[tuple[Tensor, Tensor]]:
    """What hypothesis should try on ``objective``."""
    return pairs(dimensions=objective.dimensions, items=objective.items)


def drawn(objective: Objective, seed: int = 0, items: int = 16) -> tuple[Tensor, Tensor]:
    """A Gaussian pair that ``objective`` is defined for."""
    return example(*objective.nearest_size(items, 3), seed)


def example(items: int, dimensions: int, seed: int = 0) -> tuple[Tensor, Tensor]:
    """A Gaussian pair whose views differ by 0.3 standard deviations."""
    generator = Generator().manual_seed(seed)
    normal = lambda: torch.randn(items, dimensions, generator=generator, dtype=torch.float64)  # noqa: E731
    z = normal()
    return z, z + 0.3 * normal()
