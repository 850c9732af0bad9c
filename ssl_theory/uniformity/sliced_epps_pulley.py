"""How far the embeddings are from a standard Gaussian, seen along random directions."""

import math
from dataclasses import dataclass

import sympy as sp
import torch
from torch import Generator, Tensor

from ssl_theory import notation as nt
from ssl_theory.latent_distribution_matching import Matching, Relation, Uniformity
from ssl_theory.symmetries import Symmetry

__all__ = ["SlicedEppsPulley", "epps_pulley"]


@dataclass(frozen=True)
class SlicedEppsPulley(Uniformity):
    r"""Minus the Epps-Pulley statistic of ``w a``, averaged over unit vectors ``a``, ``d`` times.

    ``d`` times, because along every axis a Gaussian of unit variance is asked for, and the
    entropies of independent axes add. It is zero where entropy is greatest among laws of unit
    covariance, and bounded: a point collapse costs no more than a far outlier. The directions
    are those that the seed draws, the same at every call, so no rotation leaves it unchanged
    (on average over seeds every one does); to redraw them, as the authors do at every step, pass
    another seed. [epps1983normality] [balestriero2025lejepa]
    """

    weight: float = 1.0
    slices: int = 256
    seed: int = 0
    reach: float = 3.0
    knots: int = 17

    def __post_init__(self) -> None:
        if self.slices < 1:
            raise ValueError(
                f"`slices` must be at least 1, got {self.slices}: a test needs a direction to "
                "look along. Use a few hundred."
            )
        if self.knots < 2 or not self.reach > 0:
            raise ValueError(
                f"`knots` must be at least 2 on a positive `reach`, got {self.knots} on "
                f"{self.reach}: a quadrature needs an interval. Use 17 on 3."
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
    def symmetries(self) -> frozenset[Symmetry]:
        return frozenset({Symmetry.REORDERING})

    def entropy(self, w: Tensor, *, given: Tensor) -> Tensor:
        d = w.shape[1]
        seen = w @ directions(d, self.slices, self.seed).to(w)
        return -self.weight * d * epps_pulley(seen, self.reach, self.knots).mean()

    def formula(self) -> sp.Expr:
        weight, reach = nt.parameter("weight", self.weight), nt.parameter("reach", self.reach)
        step = reach / (self.knots - 1)
        t = step * (nt.j - 1)
        ends = (sp.KroneckerDelta(nt.j, 1) + sp.KroneckerDelta(nt.j, self.knots)) / 2
        gap = _Gap(nt.w.label, t, self.slices, self.seed)
        half = sp.Sum((1 - ends) * step * sp.exp(-(t**2) / 2) * gap, (nt.j, 1, self.knots))
        return -2 * weight * nt.d * nt.n * half


def epps_pulley(x: Tensor, reach: float, knots: int) -> Tensor:
    r"""How far each column of ``(n, columns)`` is from a standard Gaussian.

    ``n`` times the integral of :math:`|\hat\varphi(t) - e^{-t^2/2}|^2 e^{-t^2/2}` over
    ``-reach < t < reach`` by the trapezoidal rule; the integrand is even, so only ``t >= 0`` is
    visited. Over the whole line a sample that is all zero, in units of ``n``, is at

    >>> column = torch.zeros(10, 1, dtype=torch.float64)
    >>> found = epps_pulley(column, reach=8.0, knots=65) / 10
    >>> expected = math.sqrt(2 * math.pi) * (1 - math.sqrt(2) + 1 / math.sqrt(3))
    >>> abs(found.item() - expected) < 1e-12
    True
    """
    t = torch.linspace(0, reach, knots, dtype=x.dtype, device=x.device)
    gaussian = (-t.square() / 2).exp()
    phase = x[..., None] * t
    gap = (phase.cos().mean(0) - gaussian).square() + phase.sin().mean(0).square()
    return 2 * len(x) * torch.trapezoid(gap * gaussian, t)


def directions(d: int, slices: int, seed: int) -> Tensor:
    """Unit columns ``(d, slices)``, drawn as the authors draw theirs."""
    generator = Generator().manual_seed(seed)
    drawn = torch.randn(d, slices, generator=generator, dtype=torch.float32).double()
    return drawn / drawn.norm(dim=0)


class _Gap(nt.Closed):
    def letters(self, view: str, t: str, slices: str, seed: str) -> str:
        return rf"\Delta_{{{view}}}\left({t}\right)"

    def open(self, views: nt.Views) -> sp.Expr:
        view = torch.from_numpy(views[str(self.args[0])])
        t = nt.evaluate(self.args[1], views["z"], views["w"])
        seen = view @ directions(view.shape[1], int(self.args[2]), int(self.args[3]))
        law = torch.exp(1j * t * seen).mean(0)
        return sp.Float((law - math.exp(-t * t / 2)).abs().square().mean().item(), nt.DIGITS)
