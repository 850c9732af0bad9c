"""Transformations of a pair of views that may leave an objective unchanged."""

import enum

import torch
from torch import Generator, Tensor

__all__ = ["ISOMETRIES", "Symmetry"]


class Symmetry(enum.Enum):
    """A group acting on both views at once. Ordered from harmless to informative."""

    REORDERING = "reordering"  # the items carry no order
    AXES = "axes"  # signed permutations of the coordinates
    ROTATION = "rotation"  # no coordinate is special
    TRANSLATION = "translation"  # the origin is not special
    SCALE = "scale"  # the unit of length is not special
    UNITS = "units"  # each coordinate may be measured in a unit of its own
    LENGTHS = "lengths"  # only the direction of each embedding matters

    def act(self, z: Tensor, w: Tensor, generator: Generator) -> tuple[Tensor, Tensor]:
        """Apply one random group element to both views."""
        n, d = z.shape
        if self is Symmetry.REORDERING:
            order = torch.randperm(n, generator=generator)
            return z[order], w[order]
        if self is Symmetry.AXES:
            order = torch.randperm(d, generator=generator)
            sign = torch.randint(0, 2, (d,), generator=generator).to(z) * 2 - 1
            return z[:, order] * sign, w[:, order] * sign
        if self is Symmetry.LENGTHS:
            each = torch.randn(2, n, 1, generator=generator, dtype=z.dtype).exp()
            return z * each[0], w * each[1]
        noise = torch.randn(d, d, generator=generator, dtype=z.dtype)
        if self is Symmetry.ROTATION:
            q, _ = torch.linalg.qr(noise)
            return z @ q, w @ q
        if self is Symmetry.TRANSLATION:
            return z + noise[0], w + noise[0]
        unit = noise[0].exp() if self is Symmetry.UNITS else noise[0, 0].exp()
        return z * unit, w * unit


ISOMETRIES = frozenset(
    {Symmetry.REORDERING, Symmetry.AXES, Symmetry.ROTATION, Symmetry.TRANSLATION}
)
