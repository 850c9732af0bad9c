"""Views of which some are slightly noisy, some have lost a part, and some show nothing."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.pairs import Pairs, generator_of
from ssl_theory.processes.parameters import positive

__all__ = ["CorruptedViews"]


@dataclass(frozen=True)
class CorruptedViews:
    r"""A clean view and one that is corrupted as badly as its ``severity`` says.

    .. math::
        x = z \sim N(0, I), \qquad y = P z + (I - P)\,z^{*} + e, \quad e \sim N(0, \sigma^2 I)

    :math:`P` keeps all coordinates of most items; with probability ``part`` it keeps the first
    ``kept``; with probability ``whole`` it keeps none. What is lost is replaced by that of a
    stranger :math:`z^{*}`, so that no corrupted view looks corrupted and only the pair tells. The
    severity is the share lost, and an item of which ``k`` coordinates are kept shares
    :math:`\tfrac k2 \log(1 + 1/\sigma^2)` nats with its view. ``noise`` is :math:`\sigma^2`.
    [boulila2026trust]

    >>> world = CorruptedViews(dimension=4, kept=2)
    >>> world.severities.tolist()
    [0.0, 0.5, 1.0]
    >>> (world.information_by_severity / np.log(11)).round(12).tolist()
    [2.0, 1.0, 0.0]
    """

    dimension: int = 4
    noise: float = 0.1
    kept: int = 2
    part: float = 0.2
    whole: float = 0.2

    def __post_init__(self) -> None:
        positive("noise", self.noise)
        if not 0 < self.kept < self.dimension:
            raise ValueError(
                f"`kept` must be at least 1 and below the dimension of {self.dimension}, got "
                f"{self.kept}. Set `part` to 0 for views that lose all or nothing."
            )
        if not (self.part >= 0 and self.whole >= 0 and self.part + self.whole <= 1):
            raise ValueError(
                "`part` and `whole` must be probabilities of at most 1 together, got "
                f"{self.part} and {self.whole}."
            )

    @property
    def equivalence_class(self) -> Equivalence:
        """A rotation of what is always kept together, or lost together."""
        return Equivalence.ORTHOGONAL

    @property
    def severities(self) -> NDArray[np.float64]:
        """The shares that may be lost: nothing, a part, the whole."""
        return 1 - self._counts / self.dimension

    @property
    def probabilities(self) -> NDArray[np.float64]:
        """Of each severity."""
        return np.array([1 - self.part - self.whole, self.part, self.whole])

    @property
    def information_by_severity(self) -> NDArray[np.float64]:
        """What the views share, in nats, where the severity is known."""
        return self._counts / 2 * np.log1p(1 / self.noise)

    @property
    def covariance(self) -> NDArray[np.float64]:
        """Of the clean views."""
        return np.eye(self.dimension)

    @property
    def partner_covariance(self) -> NDArray[np.float64]:
        """Of the corrupted views, the same for every severity."""
        return (1 + self.noise) * np.eye(self.dimension)

    @property
    def cross_covariance(self) -> NDArray[np.float64]:
        """Across the views: how often each coordinate is kept."""
        return np.diag(self.probabilities @ self._masks)

    @property
    def canonical_autocorrelations(self) -> NDArray[np.float64]:
        """Largest first: of the coordinates kept longest."""
        return np.diag(self.cross_covariance) / np.sqrt(1 + self.noise)

    @property
    def entropy(self) -> float:
        """The differential entropy of a clean view, in nats."""
        return float(self.dimension / 2 * np.log(2 * np.pi * np.e))

    def density_ratio(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        """``log p(x, y) / p(x) p(y)``, row by row."""
        return logsumexp(self._weighted(x, y), axis=1)

    def severity_probabilities(
        self, x: NDArray[np.float64], y: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Of each severity given both views ``(items, 3)``: the best label of trust."""
        weighted = self._weighted(x, y)
        return np.exp(weighted - logsumexp(weighted, axis=1, keepdims=True))

    def draw(self, n: int, seed: int) -> Pairs:
        """``n`` independent pairs, with the ``severity`` of each and its ``information``."""
        rng = generator_of(n, seed)
        z, stranger, noise = rng.standard_normal((3, n, self.dimension))
        kind = np.searchsorted(self.probabilities.cumsum()[:-1], rng.random(n), side="right")
        partner = np.where(self._masks[kind] == 1, z, stranger)
        named = {
            "severity": self.severities[kind],
            "information": self.information_by_severity[kind],
        }
        return Pairs(z, partner + np.sqrt(self.noise) * noise, z, partner, named)

    @property
    def _counts(self) -> NDArray[np.int64]:
        return np.array([self.dimension, self.kept, 0])

    @property
    def _masks(self) -> NDArray[np.float64]:
        return (np.arange(self.dimension) < self._counts[:, None]).astype(np.float64)

    def _weighted(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        """The log probability of each severity plus its log density ratio."""
        scale = 1 + self.noise
        each = (y**2 / scale - (y - x) ** 2 / self.noise + np.log(scale / self.noise)) / 2
        with np.errstate(divide="ignore"):
            return np.log(self.probabilities) + each @ self._masks.T
