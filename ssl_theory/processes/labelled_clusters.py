"""Clusters about the corners of a simplex, as a code of discrete labels would have them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import entr, logsumexp, ndtr

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.gaussian_truth import canonical_correlations
from ssl_theory.processes.mixings.orthogonal import random_rotation
from ssl_theory.processes.pairs import Pairs, generator_of
from ssl_theory.processes.parameters import at_least, positive

__all__ = ["LabelledClusters"]

NODES, NODE_WEIGHTS = np.polynomial.hermite_e.hermegauss(120)


@dataclass(frozen=True)
class LabelledClusters:
    r"""Two views of an item whose label is all that they share.

    .. math::
        c \sim \mathrm{Cat}(\pi), \qquad x = s\,Q_c + e, \quad y = s\,Q_c + e', \quad
        e, e' \sim N(0, I)

    ``weights`` are :math:`\pi`, one for each class, and ``separation`` is :math:`s`; the centres
    are rows :math:`Q_c` of a rotation drawn from ``mixing_seed`` (the first axes, without one), so
    that any two are :math:`\sqrt2 s` apart. The best guess of the label is right as often as one
    normal number, plus :math:`s`, is the largest of as many as there are classes.

    Far apart, the views share the label and no more:

    >>> far = LabelledClusters((0.25,) * 4, separation=50.0)
    >>> far.bayes_accuracy, bool(np.isclose(far.label_entropy, np.log(4)))
    (1.0, True)
    """

    weights: tuple[float, ...] = (0.25, 0.25, 0.25, 0.25)
    dimension: int = 5
    separation: float = 3.0
    mixing_seed: int | None = None

    def __post_init__(self) -> None:
        positive("weights", *self.weights)
        if not np.isclose(sum(self.weights), 1):
            raise ValueError(
                f"`weights` must sum to one, got {sum(self.weights):.6g}. Divide them by their sum."
            )
        at_least("dimension", len(self.weights), self.dimension)
        positive("separation", self.separation)

    @property
    def equivalence_class(self) -> Equivalence:
        """Classes have no names."""
        return Equivalence.PARTITION

    @property
    def centres(self) -> NDArray[np.float64]:
        """Of the classes ``(classes, dimension)``."""
        rotation = np.eye(self.dimension)
        if self.mixing_seed is not None:
            rotation = random_rotation(self.dimension, np.random.default_rng(self.mixing_seed))
        return self.separation * rotation[: len(self.weights)]

    @property
    def label_entropy(self) -> float:
        """Of the label, in nats: what no code of it can exceed."""
        return float(entr(self.weights).sum())

    @property
    def bayes_accuracy(self) -> float:
        """How often the best guess of the label from one view is right."""
        odds = np.log(self.weights) / self.separation
        right = 0.0
        for label, weight in enumerate(self.weights):
            ahead = NODES[:, None] + self.separation + odds[label] - np.delete(odds, label)
            right += weight * float(NODE_WEIGHTS @ ndtr(ahead).prod(1) / NODE_WEIGHTS.sum())
        return right

    @property
    def covariance(self) -> NDArray[np.float64]:
        """Within a view."""
        return self.cross_covariance + np.eye(self.dimension)

    @property
    def cross_covariance(self) -> NDArray[np.float64]:
        """Across the views: of the centres."""
        weights = np.array(self.weights)
        mean = weights @ self.centres
        return (weights * self.centres.T) @ self.centres - np.outer(mean, mean)

    @property
    def canonical_autocorrelations(self) -> NDArray[np.float64]:
        """Largest first; one less than there are classes are not zero."""
        return canonical_correlations(self.covariance, self.cross_covariance, self.covariance)

    def label_probabilities(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        """Of each label given a view ``(items, classes)``."""
        logits = np.log(self.weights) + x @ self.centres.T
        return np.exp(logits - logsumexp(logits, axis=1, keepdims=True))

    def density_ratio(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        """``log p(x, y) / p(x) p(y)``, row by row."""
        agree = self.label_probabilities(x) * self.label_probabilities(y) / np.array(self.weights)
        return np.log(agree.sum(1))

    def draw(self, n: int, seed: int) -> Pairs:
        """``n`` independent pairs; the latents are the labels, one-hot."""
        rng = generator_of(n, seed)
        return self.draw_labelled(rng.choice(len(self.weights), size=n, p=self.weights), rng)

    def draw_labelled(self, label: NDArray[np.int64], generator: np.random.Generator) -> Pairs:
        """A pair of views for each of these labels."""
        noise = generator.standard_normal((2, len(label), self.dimension))
        names = np.eye(len(self.weights))[label]
        x, y = self.centres[label] + noise
        return Pairs(x, y, names, names, {"class": label})
