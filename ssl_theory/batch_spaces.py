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
    """Batches with mean zero and variance one on every axis. A constant axis becomes NaN."""

    @property
    def absorbs(self) -> frozenset[Symmetry]:
        return AFFINE_AXES

    @property
    def commutes(self) -> frozenset[Symmetry]:
        """What may act before :meth:`project` or after it, to the same end."""
        return frozenset({Symmetry.REORDERING, Symmetry.AXES})

    def project(self, z: Tensor) -> Tensor:
        centred = z - z.mean(-2, keepdim=True)
        return centred / centred.square().mean(-2, keepdim=True).sqrt()

    def intrinsic_dimension(self, d: int) -> int:
        return d


@dataclass(frozen=True)
class Whitened(Space):
    r"""Batches with mean zero and covariance ``I``, made so by Gram and Schmidt, axis by axis.

    The embeddings become ``(z - mean) L^-T`` with ``L`` the Cholesky factor of their covariance,
    and every batch with the same linear span becomes the same one up to a rotation.
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
                f"the covariance of {n} items in {d} dimensions is singular, so nothing whitens "
                f"them; use at least {d + 1} items or project to fewer dimensions."
            )
        # The Cholesky factor of a covariance is the triangle of the batch's own QR, which
        # reaches it without squaring the condition number.
        orthonormal, triangle = torch.linalg.qr(z - z.mean(-2, keepdim=True))
        diagonal = triangle.detach().diagonal(dim1=-2, dim2=-1)
        return math.sqrt(n) * orthonormal * (diagonal / diagonal.abs())[..., None, :]

    def intrinsic_dimension(self, d: int) -> int:
        return d
