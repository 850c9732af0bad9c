"""A latent model whose positives are all items of a kind."""

from dataclasses import dataclass

import sympy as sp
import torch
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import LatentModel
from ssl_theory.spaces import Space
from ssl_theory.symmetries import Symmetry

__all__ = ["Labelled"]


@dataclass(frozen=True)
class Labelled(LatentModel):
    r"""The mean of ``log p(w_i | .)`` over everything that shares the label of item ``i``.

    That is both views of the items of its kind, but for ``w_i`` itself: an expectation over which
    of them is drawn as its partner. Where every label differs only ``z_i`` is left, and this is
    ``model``. The rows are the labelled items, so unlike ``model`` it compares no other pairs.
    """

    model: LatentModel
    labels: tuple[int, ...]

    @property
    def space(self) -> Space:
        return self.model.space

    @property
    def items(self) -> tuple[int, ...]:
        """The one batch size that has a label for each item."""
        return (len(self.labels),)

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        return self.model.symmetries - {Symmetry.REORDERING}

    def log_density(self, w: Tensor, *, given: Tensor) -> Tensor:
        if len(w) != len(self.labels):
            raise ValueError(
                f"`labels` must name the kind of each of {len(w)} items, got {len(self.labels)}. "
                "Make the objective anew for every batch, with the labels of that batch."
            )
        same = self._same().to(w)
        positives = torch.cat([same, same.tril(-1) + same.triu(1)], dim=1)
        both = torch.cat([given, w])
        log_density = self.model.log_density(w[:, None], given=both[None, :])
        return (positives * log_density).sum(1) / positives.sum(1)

    def formula(self, w: tuple, *, given: tuple) -> sp.Expr:
        same = nt.Entries(r"\delta^y", lambda views: self._same().numpy())
        kind, other = same[w[1], nt.j], 1 - sp.KroneckerDelta(w[1], nt.j)
        across, within = (self.model.formula(w, given=(x, nt.j)) for x in (given[0], w[0]))
        number = sp.Sum(kind * (1 + other), (nt.j, 1, nt.n))
        return sp.Sum(kind * (across + other * within), (nt.j, 1, nt.n)) / number

    def log_normaliser(self) -> sp.Expr:
        return self.model.log_normaliser()

    def _same(self) -> Tensor:
        labels = torch.tensor(self.labels)
        return (labels[:, None] == labels).double()
