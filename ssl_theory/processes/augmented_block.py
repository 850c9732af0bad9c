"""White data of which an augmentation shakes some coordinates and not others."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.gaussian_truth import gaussian_entropy, gaussian_information
from ssl_theory.processes.pairs import Pairs, generator_of
from ssl_theory.processes.parameters import at_least, positive

__all__ = ["AugmentedBlock"]


@dataclass(frozen=True)
class AugmentedBlock:
    r""":math:`x \sim N(0, I)` and :math:`y = x + N(0, \mathrm{diag}(0, \kappa I))`: the last
    ``augmented`` coordinates of one view are shaken with variance ``strength``.

    A linear encoder ``W``, small at first, trained by InfoNCE on squared distances whose
    negatives are the unshaken data, grows by :math:`\dot W = W(2I - \Sigma_{\text{aug}})`: twice
    the covariance of the data less that of the augmentation. Above ``strength = 2`` the shaken
    coordinates collapse although they carry as much of the data as any: the dimensional collapse
    by strong augmentation of [jing2022collapse].

    >>> AugmentedBlock(clean=1, augmented=1, strength=3.0).growth_rates.tolist()
    [2.0, -1.0]
    """

    clean: int = 2
    augmented: int = 2
    strength: float = 3.0

    def __post_init__(self) -> None:
        at_least("clean", 0, self.clean)
        at_least("augmented", 1, self.augmented)
        positive("strength", self.strength)

    @property
    def augmentation(self) -> NDArray[np.float64]:
        """The variance that the augmentation adds to each coordinate."""
        return np.repeat([0.0, self.strength], [self.clean, self.augmented])

    @property
    def growth_rates(self) -> NDArray[np.float64]:
        """Of each column of a small encoder; the negative ones collapse."""
        return 2 - self.augmentation

    @property
    def covariance(self) -> NDArray[np.float64]:
        """Of the view that is left alone."""
        return np.eye(self.clean + self.augmented)

    @property
    def partner_covariance(self) -> NDArray[np.float64]:
        """Of the view that is shaken."""
        return np.diag(1 + self.augmentation)

    @property
    def cross_covariance(self) -> NDArray[np.float64]:
        """Across the views."""
        return np.eye(self.clean + self.augmented)

    @property
    def canonical_autocorrelations(self) -> NDArray[np.float64]:
        """One in clean coordinates, the inverse root of ``1 + strength`` in shaken ones."""
        return 1 / np.sqrt(1 + self.augmentation)

    @property
    def mutual_information(self) -> float:
        """Infinite if a coordinate is clean: both views have it exactly."""
        return gaussian_information(self.canonical_autocorrelations)

    @property
    def entropy(self) -> float:
        """Of the view that is left alone, in nats."""
        return gaussian_entropy(self.covariance)

    @property
    def equivalence_class(self) -> Equivalence:
        """Within the clean and within the shaken coordinates all directions are alike."""
        return Equivalence.SUBSPACE

    def draw(self, n: int, seed: int) -> Pairs:
        """``n`` independent pairs, the same for the same seed."""
        data, shake = generator_of(n, seed).standard_normal((2, n, self.clean + self.augmented))
        shaken = data + np.sqrt(self.augmentation) * shake
        return Pairs(data, shaken, data, shaken)
