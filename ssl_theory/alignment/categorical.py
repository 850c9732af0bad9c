"""The categorical latent model: which code an item has."""

from dataclasses import dataclass

import sympy as sp
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.codes import Code
from ssl_theory.latent_distribution_matching import LatentModel
from ssl_theory.spaces import Euclidean
from ssl_theory.symmetries import Symmetry

__all__ = ["Categorical"]


@dataclass(frozen=True)
class Categorical(LatentModel):
    r"""``sum_k q_k(w) log p(k | z)`` with ``p(k | z)`` the softmax of ``z / temperature``.

    The latent variable is a code, ``z`` and ``w`` hold a score for each. ``code`` reads the target
    as probabilities ``q``, so this is the expected log-probability of a code drawn from them, and
    minus its mean is the cross-entropy of predictions against targets.
    """

    temperature: float
    code: Code

    def __post_init__(self) -> None:
        if not self.temperature > 0:
            raise ValueError(
                f"`temperature` must be positive, got {self.temperature}: the code of the largest "
                "score must be the likeliest. Use a small one for sharp predictions."
            )

    @property
    def space(self) -> Euclidean:
        return Euclidean()

    @property
    def dimensions(self) -> tuple[int, ...] | None:
        """The numbers of codes for which targets can be read."""
        return getattr(self.code, "dimensions", None)

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        return frozenset({Symmetry.REORDERING})

    def log_density(self, w: Tensor, *, given: Tensor) -> Tensor:
        return (self.code(w) * (given / self.temperature).log_softmax(-1)).sum(-1)

    def formula(self, w: tuple, *, given: tuple) -> sp.Expr:
        temperature, share = nt.parameter("temperature", self.temperature), self.code.formula(w)
        score = lambda axis: given[0][given[1], axis] / temperature  # noqa: E731
        log_mass = sp.log(nt.over_axes(sp.exp(score(nt.b)), nt.b))
        return nt.over_axes(share(nt.a) * (score(nt.a) - log_mass), nt.a)

    def log_normaliser(self) -> sp.Expr:
        return sp.Integer(0)
