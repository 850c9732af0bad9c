r"""Nonlinear encoders of Gaussian latents: the pencil with every function in it.

Latents ``z_i`` and ``z_i'`` of two views are standard Gaussian with correlation ``rho_i``. By
Mehler's formula products of Hermite polynomials are uncorrelated within a view, and across views
each is correlated only with itself,

.. math::
    E\Bigl[\prod_i \mathrm{He}_{k_i}(z_i) \prod_i \mathrm{He}_{l_i}(z_i')\Bigr]
    = \prod_i k_i! \, \rho_i^{k_i} \, 1[k_i = l_i],

so that functions have the canonical autocorrelations ``prod rho_i^{k_i}``. An objective that
sees second moments only takes the largest of them. It keeps all ``n`` latents in ``n``
dimensions if, with positive ``rho``, ``rho_1^2 < rho_n``; else ``He_2`` of the slowest latent
displaces the fastest. An objective that sees the entropy itself, or asks for normality, does
not: ``He_2`` of a latent adds a dimension, but no entropy. [klindt2026worldmodel]
"""

import heapq
import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ssl_theory.alignment import Canonical, Gaussian, MeanSquare, Restricted
from ssl_theory.latent_distribution_matching import Objective
from ssl_theory.linear_theory.optimum import optimum
from ssl_theory.uniformity import (
    CodingRate,
    CrossCorrelation,
    FourthMoment,
    GaussianLogDeterminant,
    Hinge,
    JointLogDeterminant,
    Whitening,
)

__all__ = ["Mode", "all_latents_kept", "hermite_modes", "hermite_values", "nonlinear_optimum"]

GAUSSIAN = Canonical, Gaussian, MeanSquare
SECOND_ORDER = (
    CodingRate, CrossCorrelation, FourthMoment, GaussianLogDeterminant, Hinge,
    JointLogDeterminant, Whitening,
)  # fmt: skip


class Mode(NamedTuple):
    """A product of Hermite polynomials, and how correlated it is with itself in the other view."""

    autocorrelation: float
    degrees: tuple[int, ...]

    @property
    def latent(self) -> int | None:
        """Which latent it is, if it is one."""
        return self.degrees.index(1) if sum(self.degrees) == 1 else None

    def __str__(self) -> str:
        factors = (
            f"z{i}" if k == 1 else f"He{k}(z{i})" for i, k in enumerate(self.degrees, 1) if k
        )
        return " ".join(factors)


def hermite_modes(autocorrelations: Sequence[float], count: int) -> list[Mode]:
    """The ``count`` most autocorrelated functions of the latents, constants left out.

    >>> [str(mode) for mode in hermite_modes([0.95, 0.6], 4)]
    ['z1', 'He2(z1)', 'He3(z1)', 'He4(z1)']
    >>> [str(mode) for mode in hermite_modes([0.7, 0.6], 4)]
    ['z1', 'z2', 'He2(z1)', 'z1 z2']
    """
    rho = tuple(float(r) for r in autocorrelations)
    if not rho or max(map(abs, rho)) >= 1:
        raise ValueError(
            f"`autocorrelations` must lie strictly between -1 and 1, got {rho}: functions of a "
            "latent that views share exactly are shared exactly, all of them. Use 0.999."
        )
    found: list[Mode] = []
    for mode in _by_size(rho):  # nothing after it is larger than it is, whatever its sign
        if len(found) >= count and abs(mode.autocorrelation) < found[count - 1].autocorrelation:
            break
        found.append(mode)
        found.sort(key=lambda m: (-m.autocorrelation, sum(m.degrees)))
        if mode.autocorrelation == 0 and len(found) >= count:
            break
    return found[:count]


def _by_size(rho: tuple[float, ...]) -> Iterator[Mode]:
    """Every mode but the constant, largest absolute autocorrelation first."""
    first = (0,) * len(rho)
    waiting, seen = [(-1.0, first)], {first}
    while waiting:
        _, degrees = heapq.heappop(waiting)
        value = math.prod(r**k for r, k in zip(rho, degrees, strict=True))
        if any(degrees):
            yield Mode(value, degrees)
        for i in range(len(rho)):
            raised = (*degrees[:i], degrees[i] + 1, *degrees[i + 1 :])
            if raised not in seen:
                seen.add(raised)
                heapq.heappush(waiting, (-abs(value * rho[i]), raised))


def hermite_values(mode: Mode, latents: ArrayLike) -> NDArray[np.float64]:
    """The mode at each row of latents, with unit variance."""
    z = np.asarray(latents, dtype=np.float64)
    values = np.ones(len(z))
    for column, degree in zip(z.T, mode.degrees, strict=True):
        series = np.eye(degree + 1)[degree] / math.sqrt(math.factorial(degree))
        values = values * np.polynomial.hermite_e.hermeval(column, series)
    return values


def all_latents_kept(autocorrelations: Sequence[float]) -> bool:
    """Whether second moments find every latent, in as many dimensions as there are.

    >>> all_latents_kept([0.95, 0.6]), all_latents_kept([0.7, 0.6])
    (False, True)
    """
    modes = hermite_modes(autocorrelations, len(autocorrelations))
    return {mode.latent for mode in modes} == set(range(len(autocorrelations)))


def nonlinear_optimum(
    objective: Objective, autocorrelations: Sequence[float], *, keep: int
) -> list[tuple[Mode, float]]:
    """The functions that a second-order objective learns, and the variance it gives to each.

    ``LookupError`` for objectives that see more of the embeddings than second moments.

    >>> from ssl_theory.objectives import spectral_contrastive
    >>> for mode, strength in nonlinear_optimum(spectral_contrastive(), [0.95, 0.6], keep=2):
    ...     print(mode, round(strength, 4))
    z1 0.95
    He2(z1) 0.9025
    """
    parts = (objective.model, GAUSSIAN), (objective.uniformity, SECOND_ORDER)
    for part, known in parts:
        inner = part.model if isinstance(part, Restricted) else part
        if not isinstance(inner, known):
            raise LookupError(
                f"`{objective.name}` is not known to see second moments only, because of "
                f"{type(inner).__name__}: its nonlinear optimum is not that of a pencil. Train an "
                "encoder on draws."
            )
    modes = hermite_modes(autocorrelations, keep)
    best = optimum(objective, [mode.autocorrelation for mode in modes], keep=keep)
    return list(zip(modes, best.strengths.tolist(), strict=True))
