"""The Huber latent model: Gaussian near the target, Laplace far from it."""

import math
from dataclasses import dataclass

import sympy as sp
from torch import Tensor
from torch.nn.functional import smooth_l1_loss

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import LatentModel
from ssl_theory.spaces import Euclidean
from ssl_theory.symmetries import ISOMETRIES, Symmetry

__all__ = ["Huber"]


@dataclass(frozen=True)
class Huber(LatentModel):
    r"""``w`` is ``z`` plus independent noise of density ``exp(-smooth_l1(e)) / Z`` on each axis.

    The smooth absolute value is :math:`e^2 / 2\beta` up to the ``threshold`` :math:`\beta` and
    :math:`|e| - \beta / 2` beyond, so
    :math:`Z = \sqrt{2 \pi \beta}\,\mathrm{erf}\sqrt{\beta / 2} + 2 e^{-\beta / 2}`. It tends to the
    Laplace density as the threshold vanishes. [huber1964robust]
    """

    threshold: float = 2.0

    def __post_init__(self) -> None:
        if not self.threshold > 0:
            raise ValueError(
                f"`threshold` must be positive, got {self.threshold}: at zero the density has a "
                "peak. Use GeneralisedNormal(shape=1) for that."
            )

    @property
    def space(self) -> Euclidean:
        return Euclidean()

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        return ISOMETRIES - {Symmetry.ROTATION}

    def log_density(self, w: Tensor, *, given: Tensor) -> Tensor:
        w, given = w + 0 * given, given + 0 * w  # torch's loss warns where it has to broadcast
        surprise = smooth_l1_loss(given, w, reduction="none", beta=self.threshold).sum(-1)
        near = math.sqrt(2 * math.pi * self.threshold) * math.erf(math.sqrt(self.threshold / 2))
        return -surprise - w.shape[-1] * math.log(near + 2 * math.exp(-self.threshold / 2))

    def formula(self, w: tuple, *, given: tuple) -> sp.Expr:
        threshold = nt.parameter("threshold", self.threshold)
        gap = sp.Abs(w[0][w[1], nt.a] - given[0][given[1], nt.a])
        near = sp.Min(gap, threshold)
        return -nt.over_axes(near * (gap - near / 2) / threshold, nt.a) + self.log_normaliser()

    def log_normaliser(self) -> sp.Expr:
        threshold = nt.parameter("threshold", self.threshold)
        near = sp.sqrt(2 * sp.pi * threshold) * sp.erf(sp.sqrt(threshold / 2))
        return -nt.d * sp.log(near + 2 * sp.exp(-threshold / 2))
