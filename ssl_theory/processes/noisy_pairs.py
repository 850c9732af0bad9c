"""Pairs of which some have a stranger for a partner."""

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.gaussian_pairs import GaussianPairs
from ssl_theory.processes.pairs import Pairs, generator_of
from ssl_theory.processes.parameters import between

__all__ = ["NoisyPairs"]


class CleanPairs(Protocol):
    """Pairs whose first two moments and density ratio are known."""

    @property
    def equivalence_class(self) -> Equivalence: ...
    @property
    def covariance(self) -> NDArray[np.float64]: ...
    @property
    def cross_covariance(self) -> NDArray[np.float64]: ...
    @property
    def canonical_autocorrelations(self) -> NDArray[np.float64]: ...
    def density_ratio(
        self, x: NDArray[np.float64], y: NDArray[np.float64]
    ) -> NDArray[np.float64]: ...
    def draw(self, n: int, seed: int) -> Pairs: ...


@dataclass(frozen=True)
class NoisyPairs:
    r"""``clean`` pairs whose partner is, with probability ``rate``, that of another item.

    .. math::
        p_\eta(x, y) = (1 - \eta)\,p(x, y) + \eta\,p(x)\,p(y)

    False positives shrink the cross-covariance, and so every canonical autocorrelation, by
    :math:`1 - \eta`; they turn no direction. ``replaced`` says which partners are strangers.

    >>> NoisyPairs(GaussianPairs((1.0,), (0.8,)), rate=0.25).canonical_autocorrelations.round(9)
    array([0.6])
    """

    clean: CleanPairs = field(default_factory=GaussianPairs)
    rate: float = 0.2

    def __post_init__(self) -> None:
        between("rate", 0, 1, self.rate)

    @property
    def equivalence_class(self) -> Equivalence:
        """As for clean pairs, while there are any."""
        return self.clean.equivalence_class

    @property
    def covariance(self) -> NDArray[np.float64]:
        """As for clean pairs."""
        return self.clean.covariance

    @property
    def partner_covariance(self) -> NDArray[np.float64]:
        """As for clean pairs."""
        return getattr(self.clean, "partner_covariance", self.clean.covariance)

    @property
    def cross_covariance(self) -> NDArray[np.float64]:
        """Across the views."""
        return (1 - self.rate) * self.clean.cross_covariance

    @property
    def canonical_autocorrelations(self) -> NDArray[np.float64]:
        """Largest first."""
        return (1 - self.rate) * self.clean.canonical_autocorrelations

    def density_ratio(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        """``log p(x, y) / p(x) p(y)``, row by row: never below ``log(rate)``."""
        with np.errstate(divide="ignore"):
            kept, lost = np.log1p(-self.rate), np.log(self.rate)
        return np.logaddexp(kept + self.clean.density_ratio(x, y), lost)

    def replaced_probability(
        self, x: NDArray[np.float64], y: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """That the partner is a stranger, given both views: the best label there can be."""
        return self.rate * np.exp(-self.density_ratio(x, y))

    def draw(self, n: int, seed: int) -> Pairs:
        """``n`` independent pairs; strangers are partners of items that are not drawn here."""
        pairs = self.clean.draw(n, seed)
        rng = generator_of(n, seed).spawn(1)[0]  # independent of what drew the pairs
        others = self.clean.draw(n, int(rng.integers(2**62)))
        replaced = rng.random(n) < self.rate
        y = np.where(replaced[:, None], others.y, pairs.y)
        latents = np.where(replaced[:, None], others.partner_latents, pairs.partner_latents)
        auxiliary = {**pairs.auxiliary, "replaced": replaced}
        return Pairs(pairs.x, y, pairs.latents, latents, auxiliary)
