"""CorInfoMax's log determinant of a covariance that remembers the batches before this one."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import sympy as sp
import torch
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import Matching, Relation, Uniformity
from ssl_theory.symmetries import ISOMETRIES, Symmetry

__all__ = ["MovingLogDeterminant"]


@dataclass(frozen=True, eq=False)
class MovingLogDeterminant(Uniformity):
    r"""``log det(R + floor I) / 2`` of a moving covariance ``R``, about a moving mean.

    Both are ``memory`` parts past and the rest this batch. The past is the fields ``mean`` and
    ``covariance``, at first zero and the identity; :meth:`updated` gives the part that has also
    seen a pair of views, which share one past as they share one encoder.
    """

    memory: float = 0.01
    floor: float = 1e-8
    mean: Tensor | None = None
    covariance: Tensor | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.memory < 1:
            raise ValueError(
                f"`memory` must be at least 0 and below 1, got {self.memory}: it is the share of "
                "the past in the average. Use 0 to forget and 0.99 to remember."
            )
        if (self.mean is None) != (self.covariance is None):
            raise ValueError(
                "`mean` and `covariance` must be given together, got one of them: the past is a "
                "Gaussian. Use `updated` to make both."
            )

    @property
    def space(self) -> None:
        return None

    @property
    def relation(self) -> Relation:
        return Relation.SURROGATE

    @property
    def matching(self) -> Matching:
        return Matching.MARGINAL

    @property
    def dimensions(self) -> tuple[int, ...] | None:
        """The width of the past, if there is one."""
        return None if self.mean is None else (len(self.mean),)

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        if not self.memory:
            return ISOMETRIES
        fresh = ISOMETRIES - {Symmetry.TRANSLATION}
        return fresh if self.mean is None else frozenset({Symmetry.REORDERING})

    def entropy(self, w: Tensor, *, given: Tensor) -> Tensor:
        eye = torch.eye(w.shape[1], dtype=w.dtype, device=w.device)
        return (self._averages(w)[1] + self.floor * eye).logdet() / 2

    def updated(self, z: Tensor, w: Tensor) -> "MovingLogDeterminant":
        """The part that has also seen the views ``z`` and ``w``, which it holds no gradient of."""
        seen = [self._averages(x.detach()) for x in (z, w)]
        mean, covariance = ((one + two) / 2 for one, two in zip(*seen, strict=True))
        return replace(self, mean=mean, covariance=covariance)

    def _averages(self, w: Tensor) -> tuple[Tensor, Tensor]:
        zero, eye = w.new_zeros(w.shape[1]), torch.eye(w.shape[1], dtype=w.dtype, device=w.device)
        mean = zero if self.mean is None else self.mean.to(w)
        covariance = eye if self.covariance is None else self.covariance.to(w)
        mean = self.memory * mean + (1 - self.memory) * w.mean(0)
        spread = (w - mean).T @ (w - mean) / len(w)
        return mean, self.memory * covariance + (1 - self.memory) * spread

    def formula(self) -> sp.Expr:
        memory, floor = (nt.parameter(name, getattr(self, name)) for name in ("memory", "floor"))
        mean, covariance = self._past()
        deviations = (
            nt.w[nt.i, axis] - memory * mean(axis) - (1 - memory) * nt.mean(nt.w[nt.j, axis], nt.j)
            for axis in (nt.a, nt.b)
        )
        spread = nt.mean(sp.Mul(*deviations), nt.i)
        entry = memory * covariance(nt.a, nt.b) + (1 - memory) * spread
        return nt.spectral_trace(sp.log(nt.eigenvalue + floor), entry) / 2

    def _past(self) -> tuple[Callable[..., sp.Expr], Callable[..., sp.Expr]]:
        if self.mean is None or self.covariance is None:
            return lambda axis: sp.Integer(0), sp.KroneckerDelta
        mean, covariance = (x.double().cpu().numpy() for x in (self.mean, self.covariance))
        return nt.Entries("m", lambda views: mean).entry, nt.Entries(
            "R", lambda views: covariance
        ).entry
