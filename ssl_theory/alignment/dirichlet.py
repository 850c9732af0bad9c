"""The Dirichlet latent model."""

from dataclasses import dataclass

import sympy as sp
import torch
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import LatentModel
from ssl_theory.spaces import Simplex
from ssl_theory.symmetries import Symmetry

__all__ = ["Dirichlet"]


@dataclass(frozen=True)
class Dirichlet(LatentModel):
    r"""``w`` has its mode at ``z``: ``prod_k w_k^(concentration z_k)``, normalised.

    The density is with respect to all but one of the probabilities. It is not symmetric: corners
    hold more mass nearby than the middle does. [mikulasch2026ldm]
    """

    concentration: float = 1.0

    def __post_init__(self) -> None:
        if not self.concentration > 0:
            raise ValueError(
                f"`concentration` must be positive, got {self.concentration}: at zero every point "
                "is as likely, and a negative one pushes views apart. Use 1 or more."
            )

    @property
    def space(self) -> Simplex:
        return Simplex()

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        return frozenset({Symmetry.REORDERING})

    def log_density(self, w: Tensor, *, given: Tensor) -> Tensor:
        power = self.concentration * given.exp()
        mass = (power + 1).lgamma().sum(-1)
        total = torch.tensor(self.concentration + w.shape[-1], dtype=w.dtype, device=w.device)
        return torch.einsum("...a,...a->...", power, w) - mass + total.lgamma()

    def formula(self, w: tuple, *, given: tuple) -> sp.Expr:
        kappa = nt.parameter("concentration", self.concentration)
        power = kappa * sp.exp(given[0][given[1], nt.a])
        log_shape = power * w[0][w[1], nt.a] - sp.loggamma(power + 1)
        return nt.over_axes(log_shape, nt.a) + self.log_normaliser()

    def log_normaliser(self) -> sp.Expr:
        return sp.loggamma(nt.parameter("concentration", self.concentration) + nt.d)
