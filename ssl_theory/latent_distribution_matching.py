r"""Latent distribution matching: every objective is a latent model plus an entropy.

Two views of an item are embedded as ``z`` and ``w``. An objective matches them to a
latent model ``p(w | z)`` and spreads them by an entropy,

.. math::
    L = \underbrace{-E[\log p(w \mid z)]}_{\text{alignment}}
        \underbrace{- m\,H}_{\text{uniformity}}.

Which entropy, and how often, is decided by what is matched (:class:`Matching`) and by what
the model believes of a single view (:class:`Prior`):

=============================  =============================  ==================================
matched                        flat prior                     the embeddings' own law as prior
=============================  =============================  ==================================
``MARGINAL`` (each view)       ``H[z] + H[w]``, ``m = 2``     ``H[w]``, ``m = 1``
``JOINT`` (the pair)           ``H[z, w]``                    ``H[w | z]``
``STOP_GRADIENT``              --                             ``-E log p(w | z)``, held fixed
=============================  =============================  ==================================

With the embeddings' own law as prior and an exact ``H``, ``-L`` is a lower bound on the mutual
information of the views. Every number is in nats. [mikulasch2026ldm]
"""

import abc
import enum
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

import sympy as sp
import torch
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.arrays import check_pair
from ssl_theory.spaces import Space
from ssl_theory.symmetries import Symmetry

__all__ = [
    "LatentModel", "Matching", "Objective", "Prior", "Published", "Relation", "Uniformity", "Value",
]  # fmt: skip


class Relation(enum.Enum):
    """What a uniformity term tends to as the batch grows, next to the entropy."""

    EXACT = r"\equiv"  # equal on every batch
    ESTIMATE = "="  # consistent
    UPPER_BOUND = r"\geq"
    SURROGATE = r"\sim"  # pushes the same way; no inequality is claimed
    CONSTRAINT = r"\vdash"  # holds the entropy fixed instead of rewarding it
    IMPLICIT = r"\circlearrowleft"  # no scalar: a stated field stands for its gradient


class Matching(enum.Enum):
    """Which of the literature's three functionals an entropy belongs to."""

    MARGINAL = "marginal"  # the entropy of each view alone: infomax, F_MI
    JOINT = "joint"  # the entropy of the pair: minus the divergence of the pair, F_LDM
    STOP_GRADIENT = "stop-gradient"  # the predictor's own cross-entropy, held fixed


class Prior(enum.Enum):
    """What a latent model believes of one view before it has seen the other."""

    EMPIRICAL = "empirical"  # the embeddings' own law, which cancels one entropy
    FLAT = "flat"  # constant: nothing cancels


class LatentModel(abc.ABC):
    """A normalised conditional density ``p(w | z)`` on a space."""

    @property
    @abc.abstractmethod
    def space(self) -> Space:
        """Where the density is normalised."""

    @property
    @abc.abstractmethod
    def symmetries(self) -> frozenset[Symmetry]:
        """What leaves ``log p(w | z)`` unchanged when applied to both views."""

    @abc.abstractmethod
    def log_density(self, w: Tensor, *, given: Tensor) -> Tensor:
        """``log p(w | given)`` over the last axis; the other axes broadcast."""

    @abc.abstractmethod
    def formula(self, w: tuple, *, given: tuple) -> sp.Expr:
        """The same, of rows ``(view, index)``. Must agree with :meth:`log_density`."""

    @abc.abstractmethod
    def log_normaliser(self) -> sp.Expr:
        """The part of :meth:`formula` that no embedding changes; papers leave it out."""


class Uniformity(abc.ABC):
    """An entropy of the embeddings, or what an objective uses in its place."""

    @property
    @abc.abstractmethod
    def space(self) -> Space | None:
        """Where the entropy is measured; ``None`` if it makes no claim about densities."""

    @property
    @abc.abstractmethod
    def relation(self) -> Relation:
        """What this tends to, next to the entropy."""

    @property
    @abc.abstractmethod
    def matching(self) -> Matching:
        """Whose entropy it is."""

    @property
    @abc.abstractmethod
    def symmetries(self) -> frozenset[Symmetry]:
        """What leaves the entropy unchanged when applied to both views."""

    @abc.abstractmethod
    def entropy(self, w: Tensor, *, given: Tensor) -> Tensor:
        """The entropy of ``w``, a scalar; ``given`` is its paired view."""

    @abc.abstractmethod
    def formula(self) -> sp.Expr:
        """The same, in :mod:`ssl_theory.notation`. Must agree with :meth:`entropy`."""


class Value(NamedTuple):
    """An objective's two halves on one batch, both to be minimised."""

    alignment: Tensor
    uniformity: Tensor

    @property
    def total(self) -> Tensor:
        """Their sum: what an optimiser is given."""
        return self.alignment + self.uniformity


@dataclass(frozen=True)
class Published:
    """How the number a paper prints is read off the two halves.

    Papers drop normalisers and keep factors of ``n``. None of it moves an optimum, all of it
    moves the number, so each objective says how: ``alignment * a + uniformity * u + shift``,
    formulas of the batch size :data:`~ssl_theory.notation.n` and the dimension
    :data:`~ssl_theory.notation.d`.
    """

    alignment: sp.Expr | float = 1
    uniformity: sp.Expr | float = 1
    shift: sp.Expr | float = 0
    convention: str = ""  # the equation or the implementation it reproduces, in words

    def read(self, value: Value, *, items: int, dimensions: int) -> Tensor:
        """The paper's number for a batch of this size."""
        a, u, shift = (
            nt.number(x, items, dimensions) for x in (self.alignment, self.uniformity, self.shift)
        )
        return a * value.alignment + u * value.uniformity + shift

    def formula(self, alignment: sp.Expr, uniformity: sp.Expr) -> sp.Expr:
        """The paper's formula, from the formulas of the halves."""
        return self.alignment * alignment + self.uniformity * uniformity + self.shift

    def reading(self) -> sp.Expr:
        """The same of halves that are only called ``A`` and ``U``."""
        return self.formula(*sp.symbols("A U"))


@dataclass(frozen=True)
class Objective:
    """A latent model and an entropy, under the name a paper gave them.

    Calling it with two views gives both halves; ``published`` gives the number in its paper.
    ``both_ways`` averages over which view predicts which, as most published losses do.

    >>> import torch
    >>> from ssl_theory.objectives import info_nce
    >>> z = torch.eye(3, dtype=torch.float64)
    >>> value = info_nce(temperature=0.5)(z, z)
    >>> bool(value.alignment + value.uniformity == value.total)
    True
    """

    name: str
    model: LatentModel
    uniformity: Uniformity
    source: str
    prior: Prior = Prior.EMPIRICAL
    paper: Published = field(default=Published())
    both_ways: bool = True

    def __post_init__(self) -> None:
        needed = self.uniformity.space
        if needed is not None and needed != self.model.space:
            raise ValueError(
                f"`{self.name}` matches on {self.model.space} but measures entropy on {needed}; "
                "densities with respect to different measures cannot be compared. "
                "Choose parts that share a space."
            )

    @property
    def matching(self) -> Matching:
        """Which functional this is: decided by whose entropy its uniformity measures."""
        return self.uniformity.matching

    @property
    def entropies(self) -> int:
        """The ``m`` of the module's table."""
        return 2 if (self.matching, self.prior) == (Matching.MARGINAL, Prior.FLAT) else 1

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        """What leaves the value unchanged: whatever both halves, or their space, cannot see."""
        return (self.model.symmetries & self.uniformity.symmetries) | self.model.space.absorbs

    @property
    def dimensions(self) -> tuple[int, ...] | None:
        """The widths at which every part is defined; ``None`` if any width will do.

        A part that holds a module of fixed width says so in a ``dimensions`` of its own.
        """
        return _shared(getattr(part, "dimensions", None) for part in (self.model, self.uniformity))

    @property
    def items(self) -> tuple[int, ...] | None:
        """The batch sizes at which every part is defined, as parts with labels say; or ``None``."""
        return _shared(getattr(part, "items", None) for part in (self.model, self.uniformity))

    def nearest_size(self, items: int, dimensions: int) -> tuple[int, int]:
        """The size nearest to this one at which the objective is defined."""
        near = lambda choices, wanted: min(choices or (wanted,), key=lambda c: abs(c - wanted))  # noqa: E731
        return near(self.items, items), near(self.dimensions, dimensions)

    def __call__(self, z: Tensor, w: Tensor) -> Value:
        """Both halves on two views ``(n, d)``. Half precision is computed in float32."""
        z, w = (self.model.space.project(_at_least_float32(x)) for x in check_pair(z, w))
        ways = ((z, w), (w, z)) if self.both_ways else ((z, w),)
        log_density = torch.stack([self.model.log_density(b, given=a).mean() for a, b in ways])
        entropy = torch.stack([self.uniformity.entropy(b, given=a) for a, b in ways])
        return Value(-log_density.mean(), -self.entropies * entropy.mean())

    def level(self, z: Tensor, w: Tensor) -> Tensor:
        """The height at which these views stand: the total, where there is one.

        The halves of a stop-gradient objective cancel, so its total says nothing; it stands at
        its alignment, of which the field it follows is a partial gradient.
        """
        value = self(z, w)
        return value.alignment if self.matching is Matching.STOP_GRADIENT else value.total

    def published(self, z: Tensor, w: Tensor) -> Tensor:
        """The number the paper, or the implementation it names, would print for these views."""
        items, dimensions = z.shape
        return self.paper.read(self(z, w), items=items, dimensions=dimensions)

    def formulas(self) -> tuple[sp.Expr, sp.Expr]:
        """Alignment and uniformity in one direction, ``w`` given ``z``."""
        log_density = self.model.formula((nt.w, nt.i), given=(nt.z, nt.i))
        return -nt.mean(log_density, nt.i), -self.entropies * self.uniformity.formula()

    def formula(self) -> sp.Expr:
        """The total in one direction; :meth:`__call__` averages both if ``both_ways``."""
        alignment, uniformity = self.formulas()
        return alignment + uniformity

    def _repr_latex_(self) -> str:
        return f"$$\\mathrm{{{self.name.replace('_', ' ')}}}:\\quad {nt.latex(self.formula())}$$"


def _at_least_float32(x: Tensor) -> Tensor:
    return x.float() if x.itemsize < 4 else x


def _shared(choices: Iterable[tuple[int, ...] | None]) -> tuple[int, ...] | None:
    limits = [set(choice) for choice in choices if choice is not None]
    return tuple(sorted(set.intersection(*limits))) if limits else None
