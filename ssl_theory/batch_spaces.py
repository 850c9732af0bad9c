"""Spaces of whole batches: embeddings whose moments over the items are prescribed."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from ssl_theory.spaces import Space
from ssl_theory.symmetries import Symmetry

__all__ = ["Standardised", "Whitened"]

AFFINE_AXES = frozenset({Symmetry.TRANSLATION, Symmetry.SCALE, Symmetry.UNITS})


@dataclass(frozen=True)
class Standardised(Space):
    """Batches with mean zero and variance one on every axis. A constant axis becomes NaN.

    >>> Standardised().project(torch.tensor([[1.0, 5.0], [3.0, 5.0]]))
    tensor([[-1., nan],
            [ 1., nan]])
    """

    @property
    def absorbs(self) -> frozenset[Symmetry]:
        return AFFINE_AXES

    @property
    def commutes(self) -> frozenset[Symmetry]:
        """What may act before :meth:`project` or after it, to the same end."""
        return frozenset({Symmetry.REORDERING, Symmetry.AXES})

    def project(self, z: Tensor) -> Tensor:
        centred = z - z.mean(-2, keepdim=True)
        lengths = _resolved(centred.norm(dim=-2), z)
        return math.sqrt(z.shape[-2]) * centred / lengths[..., None, :]

    def intrinsic_dimension(self, d: int) -> int:
        return d


@dataclass(frozen=True)
class Whitened(Space):
    r"""Batches with mean zero and covariance ``I``, made so by Gram and Schmidt, axis by axis.

    The embeddings become ``(z - mean) L^-T`` with ``L`` the Cholesky factor of their covariance,
    and every batch with the same linear span becomes the same one up to a rotation. An axis that
    those before it determine becomes NaN.
    """

    @property
    def absorbs(self) -> frozenset[Symmetry]:
        return AFFINE_AXES

    @property
    def commutes(self) -> frozenset[Symmetry]:
        """What may act before :meth:`project` or after it, to the same end."""
        return frozenset({Symmetry.REORDERING})

    def project(self, z: Tensor) -> Tensor:
        n, d = z.shape[-2:]
        if n <= d:
            raise ValueError(
                f"`z` must hold more than {d} items in {d} dimensions, got {n}: their covariance "
                f"is singular and nothing whitens them. Give at least {d + 1}, or project to fewer "
                "dimensions."
            )
        # The Cholesky factor of a covariance is the triangle of the batch's own QR, which
        # reaches it without squaring the condition number.
        orthonormal, triangle = torch.linalg.qr(z - z.mean(-2, keepdim=True))
        diagonal = triangle.detach().diagonal(dim1=-2, dim2=-1)
        sign = diagonal / _resolved(diagonal.abs(), z)
        return math.sqrt(n) * orthonormal * sign[..., None, :]

    def intrinsic_dimension(self, d: int) -> int:
        return d


def _resolved(lengths: Tensor, z: Tensor) -> Tensor:
    """The lengths of centred axes, or NaN where they are no more than rounding."""
    rounding = 8 * z.shape[-1] * torch.finfo(z.dtype).eps * z.detach().norm(dim=-2)
    return torch.where(lengths > rounding, lengths, torch.nan)
