"""The Gaussian latent model with a variance for every axis."""

import math
from dataclasses import dataclass

import numpy as np
import sympy as sp
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import LatentModel
from ssl_theory.spaces import Euclidean
from ssl_theory.symmetries import Symmetry

__all__ = ["DiagonalGaussian"]


@dataclass(frozen=True)
class DiagonalGaussian(LatentModel):
    r"""``w`` is ``z`` plus Gaussian noise of variance ``variances[a]`` on axis ``a``.

    Unequal variances name the axes: the slowest latent belongs on the axis of least variance. Where
    they are equal a rotation goes unnoticed, which is what :class:`Gaussian` says.
    """

    variances: tuple[float, ...] = (0.5, 1.0, 2.0)

    def __post_init__(self) -> None:
        if not self.variances or not all(variance > 0 for variance in self.variances):
            raise ValueError(
                f"`variances` must be positive, one for each axis, got {self.variances}: a density "
                "needs some width in every direction. Use a small variance for a slow axis."
            )

    @property
    def space(self) -> Euclidean:
        return Euclidean()

    @property
    def dimensions(self) -> tuple[int, ...]:
        """As many as there are variances."""
        return (len(self.variances),)

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        alike = len(set(self.variances)) == 1
        turns = {Symmetry.AXES, Symmetry.ROTATION} if alike else set()
        return frozenset({Symmetry.REORDERING, Symmetry.TRANSLATION} | turns)

    def log_density(self, w: Tensor, *, given: Tensor) -> Tensor:
        if w.shape[-1] != len(self.variances):
            raise ValueError(
                f"`variances` must be as many as the dimensions, got {len(self.variances)} of "
                f"{w.shape[-1]}. Give one for each axis."
            )
        variances = w.new_tensor(self.variances)
        log_volume = sum(math.log(2 * math.pi * variance) for variance in self.variances)
        return -((w - given).square() / variances).sum(-1) / 2 - log_volume / 2

    def formula(self, w: tuple, *, given: tuple) -> sp.Expr:
        gap = w[0][w[1], nt.a] - given[0][given[1], nt.a]
        return -nt.over_axes(gap**2 / self._letter()[(nt.a,)], nt.a) / 2 + self.log_normaliser()

    def log_normaliser(self) -> sp.Expr:
        return -nt.over_axes(sp.log(2 * sp.pi * self._letter()[(nt.a,)]), nt.a) / 2

    def _letter(self) -> nt.Entries:
        return nt.Entries(r"\sigma^2", lambda views: np.array(self.variances))
