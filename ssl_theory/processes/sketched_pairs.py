"""Many latents whose variances and correlations fall off as powers, seen through few numbers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.gaussian_truth import (
    canonical_correlations,
    gaussian_density_ratio,
    gaussian_entropy,
    gaussian_information,
)
from ssl_theory.processes.pairs import Pairs, generator_of
from ssl_theory.processes.parameters import at_least, between, positive

__all__ = ["SketchedPairs"]


@dataclass(frozen=True)
class SketchedPairs:
    r"""Normal ``u`` and ``v`` with variances :math:`i^{-a}` and correlations
    :math:`r\, i^{-b/2}`, of which one random matrix ``G`` shows :math:`x = Gu` and
    :math:`y = Gv`.

    ``a`` is ``decay``, ``b`` is ``forgetting`` and ``r`` is ``strength``. What is seen cannot be
    more alike than what is there: the ``k``-th canonical correlation of the sketch is at most that
    of the latents. Of their squares a sketch of ``m`` numbers loses about
    :math:`m^{-\min(a, b-1)}` where ``a > 1``: the latents beyond the ``m``-th, whose squares sum to
    :math:`r^2 m^{-(b-1)}/(b-1)`, and of the earlier ones what those drown, :math:`(i/m)^a` of the
    ``i``-th. Where ``a`` is at most one the faint latents together are as loud as the others, and a
    sketch finds almost nothing.

    >>> SketchedPairs(hidden=2, strength=0.5, seen=1).hidden_autocorrelations.tolist()
    [0.5, 0.25]
    """

    hidden: int = 64
    seen: int = 8
    decay: float = 1.0
    forgetting: float = 2.0
    strength: float = 0.9
    world_seed: int = 0

    def __post_init__(self) -> None:
        at_least("seen", 1, self.seen)
        at_least("hidden", self.seen, self.hidden)
        at_least("decay", 0, self.decay)
        at_least("forgetting", 0, self.forgetting)
        positive("strength", self.strength)
        between("strength", 0, 0.999999, self.strength)

    @property
    def sketch(self) -> NDArray[np.float64]:
        """``G``, ``(seen, hidden)``: independent normal entries of variance ``1 / seen``."""
        normal = np.random.default_rng(self.world_seed).standard_normal((self.seen, self.hidden))
        return normal / np.sqrt(self.seen)

    @property
    def spectrum(self) -> NDArray[np.float64]:
        """The variances of the latents."""
        return np.arange(1.0, self.hidden + 1) ** -self.decay

    @property
    def hidden_autocorrelations(self) -> NDArray[np.float64]:
        """The correlations of the latents."""
        return self.strength * np.arange(1.0, self.hidden + 1) ** (-self.forgetting / 2)

    @property
    def covariance(self) -> NDArray[np.float64]:
        """Within a view."""
        return self.sketch * self.spectrum @ self.sketch.T

    @property
    def cross_covariance(self) -> NDArray[np.float64]:
        """Across the views."""
        return self.sketch * (self.spectrum * self.hidden_autocorrelations) @ self.sketch.T

    @property
    def canonical_autocorrelations(self) -> NDArray[np.float64]:
        """Of what is seen, largest first."""
        return canonical_correlations(self.covariance, self.cross_covariance, self.covariance)

    @property
    def lost(self) -> float:
        """How much less the squared correlations of the sketch sum to than those of the latents."""
        hidden, seen = self.hidden_autocorrelations, self.canonical_autocorrelations
        return float(np.square(hidden).sum() - np.square(seen).sum())

    @property
    def mutual_information(self) -> float:
        """Between what is seen, in nats."""
        return gaussian_information(self.canonical_autocorrelations)

    @property
    def entropy(self) -> float:
        """Of one view, in nats."""
        return gaussian_entropy(self.covariance)

    @property
    def equivalence_class(self) -> Equivalence:
        """No more latents can be known than numbers are seen."""
        return Equivalence.SUBSPACE

    def density_ratio(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        """``log p(x, y) / p(x) p(y)``, row by row."""
        return gaussian_density_ratio(x, y, self.covariance, self.cross_covariance, self.covariance)

    def draw(self, n: int, seed: int) -> Pairs:
        """``n`` independent pairs, the same for the same seed."""
        first, fresh = generator_of(n, seed).standard_normal((2, n, self.hidden))
        rho = self.hidden_autocorrelations
        second = rho * first + np.sqrt(1 - rho**2) * fresh
        u, v = np.sqrt(self.spectrum) * first, np.sqrt(self.spectrum) * second
        return Pairs(u @ self.sketch.T, v @ self.sketch.T, u, v)
