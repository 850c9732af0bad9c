"""Two draws from one cluster, or now and then from two."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.gaussian_truth import canonical_correlations
from ssl_theory.processes.pairs import Pairs, generator_of
from ssl_theory.processes.parameters import between, positive

__all__ = ["MixturePairs"]


@dataclass(frozen=True)
class MixturePairs:
    r"""``x`` and ``y`` are independent normal draws about the means of their clusters, with
    variances ``noise`` in every cluster. The cluster of ``x`` is uniform; that of ``y`` is the
    same, except that with probability ``stray`` it is drawn afresh.

    The cross-covariance is :math:`(1-\eta)` times the covariance of the means, so pairs find the
    directions :math:`S^{-1}(\mu_a-\bar\mu)` of Fisher's discriminant without a label, however loud
    the noise in other directions [bansal2024mixture]; strays shrink every canonical
    autocorrelation by the same :math:`1-\eta` and turn no direction.

    >>> certain = MixturePairs(means=((2.0,), (-2.0,)), noise=(1.0,), stray=0.0)
    >>> certain.canonical_autocorrelations.round(12).tolist()
    [0.8]
    """

    means: tuple[tuple[float, ...], ...] = (
        (2.0, 0.0, 0.0, 0.0),
        (-1.0, 1.7, 0.0, 0.0),
        (-1.0, -1.7, 0.0, 0.0),
    )
    noise: tuple[float, ...] = (1.0, 1.0, 0.5, 9.0)
    stray: float = 0.2

    def __post_init__(self) -> None:
        positive("noise", *self.noise)
        between("stray", 0, 1, self.stray)
        lengths = {len(mean) for mean in self.means}
        if len(self.means) < 2 or lengths != {len(self.noise)}:
            raise ValueError(
                f"`means` must hold at least 2 points of {len(self.noise)} coordinates, as many as "
                f"`noise`, got {len(self.means)} of {sorted(lengths)}."
            )

    @property
    def between_clusters(self) -> NDArray[np.float64]:
        """The covariance of the means."""
        centred = np.array(self.means) - np.mean(self.means, axis=0)
        return centred.T @ centred / len(centred)

    @property
    def covariance(self) -> NDArray[np.float64]:
        """Within a view: of the means and of the noise."""
        return self.between_clusters + np.diag(self.noise)

    @property
    def cross_covariance(self) -> NDArray[np.float64]:
        """Across the views."""
        return (1 - self.stray) * self.between_clusters

    @property
    def canonical_autocorrelations(self) -> NDArray[np.float64]:
        """Largest first; at most one less than there are clusters are not zero."""
        return canonical_correlations(self.covariance, self.cross_covariance, self.covariance)

    @property
    def discriminant_directions(self) -> NDArray[np.float64]:
        """One column to a cluster; they span what tells the clusters apart."""
        centred = np.array(self.means) - np.mean(self.means, axis=0)
        return (centred / np.array(self.noise)).T

    @property
    def equivalence_class(self) -> Equivalence:
        """Clusters have no names."""
        return Equivalence.PARTITION

    def responsibilities(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        """The probability of each cluster given ``x``, ``(items, clusters)``."""
        logits = self._log_likelihoods(x)
        return np.exp(logits - logsumexp(logits, axis=1, keepdims=True))

    def density_ratio(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        """``log p(x, y) / p(x) p(y)``, row by row; never above the log number of clusters."""
        agree = np.sum(self.responsibilities(x) * self.responsibilities(y), axis=1)
        return np.log((1 - self.stray) * len(self.means) * agree + self.stray)

    def draw(self, n: int, seed: int) -> Pairs:
        """``n`` independent pairs; ``class`` and ``partner_class`` number the clusters.

        The latents are one where a view is from the cluster and zero elsewhere.
        """
        generator = generator_of(n, seed)
        classes, fresh = generator.integers(len(self.means), size=(2, n))
        partners = np.where(generator.random(n) < self.stray, fresh, classes)
        noise = generator.standard_normal((2, n, len(self.noise))) * np.sqrt(self.noise)
        means, names = np.array(self.means), np.eye(len(self.means))
        return Pairs(
            means[classes] + noise[0],
            means[partners] + noise[1],
            names[classes],
            names[partners],
            {"class": classes, "partner_class": partners},
        )

    def _log_likelihoods(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        # Up to a constant that all clusters share.
        gaps = x[:, None] - np.array(self.means)[None]
        return -np.sum(gaps**2 / np.array(self.noise), axis=2) / 2
