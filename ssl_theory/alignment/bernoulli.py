"""The Bernoulli latent model: binary codes, bit by bit."""

from dataclasses import dataclass

import sympy as sp
from torch import Tensor
from torch.nn.functional import logsigmoid

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import LatentModel
from ssl_theory.spaces import Euclidean
from ssl_theory.symmetries import Symmetry

__all__ = ["Bernoulli"]


@dataclass(frozen=True)
class Bernoulli(LatentModel):
    r"""The expected log-probability of bits drawn from ``w``, each predicted from ``z``.

    The latent variable is a word of ``d`` bits; ``z`` and ``w`` hold their log-odds. A target bit
    is set with probability ``sigmoid(w / sharpness)``, and ``sigmoid(z / temperature)`` is what is
    predicted of it. What a bit stands for is free: negating an axis of both views changes nothing.
    """

    temperature: float = 1.0
    sharpness: float = 1.0

    def __post_init__(self) -> None:
        if not (self.temperature > 0 and self.sharpness > 0):
            raise ValueError(
                f"`temperature` and `sharpness` must be positive, got {self.temperature} and "
                f"{self.sharpness}: larger log-odds must make a bit likelier. Use small ones for "
                "sharp predictions and sharp targets."
            )

    @property
    def space(self) -> Euclidean:
        return Euclidean()

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        return frozenset({Symmetry.REORDERING, Symmetry.AXES})

    def log_density(self, w: Tensor, *, given: Tensor) -> Tensor:
        odds, chance = given / self.temperature, (w / self.sharpness).sigmoid()
        return (chance * logsigmoid(odds) + (1 - chance) * logsigmoid(-odds)).sum(-1)

    def formula(self, w: tuple, *, given: tuple) -> sp.Expr:
        odds = given[0][given[1], nt.a] / nt.parameter("temperature", self.temperature)
        chance = 1 / (1 + sp.exp(-w[0][w[1], nt.a] / nt.parameter("temperature", self.sharpness)))
        return nt.over_axes(chance * odds - sp.log(1 + sp.exp(odds)), nt.a)

    def log_normaliser(self) -> sp.Expr:
        return sp.Integer(0)
