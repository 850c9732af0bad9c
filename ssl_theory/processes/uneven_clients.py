"""Clients that see the same classes in different proportions."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.gaussian_truth import canonical_correlations
from ssl_theory.processes.labelled_clusters import LabelledClusters
from ssl_theory.processes.pairs import Pairs, generator_of
from ssl_theory.processes.parameters import at_least, positive

__all__ = ["UnevenClients"]


@dataclass(frozen=True)
class UnevenClients:
    r"""Items of equally many ``clients``, each with its own weights of the ``classes``.

    .. math::
        \pi_k \sim \mathrm{Dirichlet}(\alpha 1_K), \qquad k \sim \mathrm{Unif}, \quad
        c \mid k \sim \mathrm{Cat}(\pi_k), \quad x, y \mid c \text{ as in LabelledClusters}

    ``concentration`` is :math:`\alpha`: large for clients that are alike, small for clients of one
    class each. The weights are drawn from ``weights_seed`` and belong to the world: every draw has
    the same. Two items of a client are of one class with the expected probability
    :math:`(1 + \alpha) / (1 + K \alpha)`. [hsu2019noniid]

    >>> UnevenClients(classes=4, concentration=0.5).expected_agreement
    0.5
    """

    clients: int = 5
    classes: int = 4
    concentration: float = 0.5
    dimension: int = 5
    separation: float = 3.0
    weights_seed: int = 0

    def __post_init__(self) -> None:
        at_least("clients", 1, self.clients)
        at_least("classes", 2, self.classes)
        positive("concentration", self.concentration)
        _ = self.clusters

    @property
    def equivalence_class(self) -> Equivalence:
        """Classes have no names."""
        return Equivalence.PARTITION

    @property
    def class_weights(self) -> NDArray[np.float64]:
        """Of each class (columns) for each client (rows)."""
        rng = np.random.default_rng(self.weights_seed)
        # Gamma variables in logarithms: at a small concentration they would round to zero.
        shape = (self.clients, self.classes)
        logs = np.log(rng.gamma(self.concentration + 1, size=shape))
        logs += np.log(rng.random(shape)) / self.concentration
        powers = np.exp(logs - logs.max(1, keepdims=True))
        return np.asarray(powers / powers.sum(1, keepdims=True), np.float64)

    @property
    def expected_agreement(self) -> float:
        """How often two items of a client are of one class, over all weights there could be."""
        return (1 + self.concentration) / (1 + self.classes * self.concentration)

    @property
    def agreement(self) -> NDArray[np.float64]:
        """How often two items of each of these clients are of one class."""
        return np.square(self.class_weights).sum(1)

    @property
    def clusters(self) -> LabelledClusters:
        """The classes, with even weights."""
        even = (1 / self.classes,) * self.classes
        return LabelledClusters(even, self.dimension, self.separation)

    @property
    def covariance(self) -> NDArray[np.float64]:
        """Within a view, over all clients."""
        return self.cross_covariance + np.eye(self.dimension)

    @property
    def cross_covariance(self) -> NDArray[np.float64]:
        """Across the views, over all clients."""
        return self._between(self.class_weights.mean(0))

    @property
    def canonical_autocorrelations(self) -> NDArray[np.float64]:
        """Over all clients, largest first."""
        return canonical_correlations(self.covariance, self.cross_covariance, self.covariance)

    def client_cross_covariance(self, client: int) -> NDArray[np.float64]:
        """Across the views of one client, about its own mean."""
        return self._between(self.class_weights[client])

    def draw(self, n: int, seed: int) -> Pairs:
        """``n`` independent pairs, with the ``client`` and the ``class`` of each."""
        rng = generator_of(n, seed)
        client = rng.integers(self.clients, size=n)
        bounds = self.class_weights.cumsum(1)[client, :-1]
        label = np.sum(rng.random((n, 1)) >= bounds, axis=1)
        pairs = self.clusters.draw_labelled(label, rng)
        named = {**pairs.auxiliary, "client": client}
        return Pairs(pairs.x, pairs.y, pairs.latents, pairs.partner_latents, named)

    def _between(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        centres = self.clusters.centres
        mean = weights @ centres
        return (weights * centres.T) @ centres - np.outer(mean, mean)
