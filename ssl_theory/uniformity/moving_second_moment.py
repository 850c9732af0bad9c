"""TiCo's penalty on the second moment of this batch and of those before it."""

from dataclasses import dataclass, replace

import sympy as sp
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import Matching, Relation, Uniformity
from ssl_theory.symmetries import ISOMETRIES, Symmetry

__all__ = ["MovingSecondMoment"]


@dataclass(frozen=True, eq=False)
class MovingSecondMoment(Uniformity):
    r"""Minus ``weight tr(C M)`` of the batch's second moment ``M`` and its moving average ``C``.

    ``C`` is ``memory`` parts past and the rest ``M``. Of unit vectors, ``tr(M M)`` is the mean
    squared cosine of two items, so this repels each item from those of every batch so far.
    The past is the field ``moment``, zero at first; :meth:`updated` gives the part that has also
    seen a batch.
    """

    weight: float = 8.0
    memory: float = 0.9
    moment: Tensor | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.memory < 1:
            raise ValueError(
                f"`memory` must be at least 0 and below 1, got {self.memory}: it is the share of "
                "the past in the average. Use 0 to forget and 0.99 to remember."
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
        return None if self.moment is None else (len(self.moment),)

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        fresh = ISOMETRIES - {Symmetry.TRANSLATION}
        forgets = self.moment is None or not self.memory
        return fresh if forgets else frozenset({Symmetry.REORDERING})

    def entropy(self, w: Tensor, *, given: Tensor) -> Tensor:
        now = w.T @ w / len(w)
        return -self.weight * (self._average(now) * now).sum()

    def updated(self, w: Tensor) -> "MovingSecondMoment":
        """The part that has also seen the embeddings ``w``, which it holds no gradient of."""
        return replace(self, moment=self._average(w.detach().T @ w.detach() / len(w)))

    def _average(self, now: Tensor) -> Tensor:
        past = 0 if self.moment is None else self.memory * self.moment.to(now)
        return past + (1 - self.memory) * now

    def formula(self) -> sp.Expr:
        weight, memory = nt.parameter("weight", self.weight), nt.parameter("memory", self.memory)
        now = nt.mean(nt.w[nt.i, nt.a] * nt.w[nt.i, nt.b], nt.i)
        average = (1 - memory) * now
        if self.moment is not None:
            past = self.moment.double().cpu().numpy()
            average += memory * nt.Entries("C", lambda views: past)[nt.a, nt.b]
        return -weight * nt.over_axes(average * now, nt.a, nt.b)
