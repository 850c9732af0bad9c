"""The linear-Gaussian prediction: a matrix, and a covariance of what it leaves over."""

import math
from dataclasses import dataclass

import sympy as sp
import torch
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import LatentModel
from ssl_theory.spaces import Euclidean
from ssl_theory.symmetries import Symmetry

__all__ = ["LinearGaussian"]


@dataclass(frozen=True, eq=False, repr=False)
class LinearGaussian(LatentModel):
    r"""``w`` is ``matrix @ z`` plus Gaussian noise of the given ``covariance``.

    With :math:`A = \Gamma^\top \Sigma^{-1}` and :math:`S = \Sigma - A \Gamma` this is the exact
    conditional law of a zero-mean Gaussian pair with covariance :math:`\Sigma` within each view
    and :math:`\Gamma = E[z w^\top]` across them. Compared by identity, as its tensors are.
    """

    matrix: Tensor
    covariance: Tensor

    def __post_init__(self) -> None:
        d = len(self.matrix)
        if not self.matrix.shape == self.covariance.shape == (d, d):
            raise ValueError(
                "`matrix` and `covariance` must both be (d, d), got shapes "
                f"{tuple(self.matrix.shape)} and {tuple(self.covariance.shape)}: a view is "
                "predicted from one of the same width. Project both to one width first."
            )
        if torch.linalg.cholesky_ex(self.covariance.detach()).info.item():
            raise ValueError(
                "`covariance` must be positive definite, got one that has no Cholesky factor: "
                "the density would be infinite or undefined. Add a small multiple of the identity."
            )

    def __repr__(self) -> str:
        return f"LinearGaussian(dimensions={self.dimensions})"

    @property
    def space(self) -> Euclidean:
        return Euclidean()

    @property
    def dimensions(self) -> tuple[int, ...]:
        """The one width its matrices have."""
        return (len(self.matrix),)

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        return frozenset({Symmetry.REORDERING})

    def log_density(self, w: Tensor, *, given: Tensor) -> Tensor:
        surprise = w - given @ self.matrix.to(given).mT
        factor = torch.linalg.cholesky(self.covariance).to(w)
        white = torch.linalg.solve_triangular(factor, surprise[..., None], upper=False)[..., 0]
        log_det = 2 * factor.diagonal().log().sum()
        d = w.shape[-1]
        return -(white.square().sum(-1) + log_det + d * math.log(2 * math.pi)) / 2

    def formula(self, w: tuple, *, given: tuple) -> sp.Expr:
        context = str(given[0])
        matrix, precision = self.matrix.detach(), self.covariance.detach().inverse()
        answer = nt.Entries(f"A{context}", lambda views: views[context] @ matrix.T.numpy())
        weight = nt.Entries("S^{-1}", lambda views: precision.numpy())
        surprise = [w[0][w[1], x] - answer[given[1], x] for x in (nt.a, nt.b)]
        square = nt.over_axes(surprise[0] * weight[nt.a, nt.b] * surprise[1], nt.a, nt.b)
        return -square / 2 + self.log_normaliser()

    def log_normaliser(self) -> sp.Expr:
        log_det = nt.parameter("log_det_noise", self.covariance.detach().logdet().item())
        return -(nt.d * sp.log(2 * sp.pi) + log_det) / 2
