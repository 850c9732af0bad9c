"""What hypothesis should try: embeddings in general position, and embeddings that are not."""

from collections.abc import Sequence

import torch
from hypothesis import strategies as st
from torch import Generator, Tensor

__all__ = ["collapsed_embeddings", "embeddings", "generators", "pairs"]


def generators() -> st.SearchStrategy[Generator]:
    """Seeded sources of randomness; shrinks towards seed 0."""
    return st.integers(0, 2**16).map(lambda seed: Generator().manual_seed(seed))


@st.composite
def embeddings(draw: st.DrawFn, *, min_dimension: int = 1, max_dimension: int = 5) -> Tensor:
    """``(n, d)`` in general position: full rank, no duplicates, condition number below 1e4."""
    d = draw(st.integers(min_dimension, max_dimension))
    return draw(_in_general_position(st.integers(d + 2, 3 * d + 5), d, draw(generators())))


@st.composite
def pairs(
    draw: st.DrawFn,
    *,
    min_dimension: int = 2,
    max_dimension: int = 4,
    dimensions: Sequence[int] | None = None,
    items: Sequence[int] | None = None,
) -> tuple[Tensor, Tensor]:
    """Two views of the same items, from nearly equal to nearly independent.

    There are more items than the two views have dimensions together, so that even the joint
    covariance is invertible. ``dimensions`` and ``items`` name the only sizes to draw.
    """
    any_width = st.integers(min_dimension, max_dimension)
    d = draw(st.sampled_from(dimensions) if dimensions else any_width)
    n = st.sampled_from(items) if items else st.integers(2 * d + 2, 3 * d + 5)
    # One generator for both: two of equal seed would make one view a multiple of the other.
    generator = draw(generators())
    z = draw(_in_general_position(n, d, generator))
    noise = draw(st.sampled_from([0.01, 0.1, 1.0]))
    return z, z + noise * torch.randn(z.shape, generator=generator, dtype=z.dtype)


@st.composite
def collapsed_embeddings(draw: st.DrawFn) -> tuple[Tensor, int]:
    """``(n, d)`` whose centred rank is exactly the returned integer, below ``d``."""
    z = draw(embeddings(min_dimension=2))
    rank = draw(st.integers(0, z.shape[1] - 1))
    z[:, rank:] = 1.0
    noise = torch.randn(z.shape[1], z.shape[1], generator=draw(generators()), dtype=z.dtype)
    return z @ torch.linalg.qr(noise).Q, rank


@st.composite
def _in_general_position(
    draw: st.DrawFn, items: st.SearchStrategy[int], d: int, generator: Generator
) -> Tensor:
    n = draw(items)
    scales = torch.logspace(0, -draw(st.floats(0, 2)), d, dtype=torch.float64)
    return torch.randn(n, d, generator=generator, dtype=torch.float64) * scales
