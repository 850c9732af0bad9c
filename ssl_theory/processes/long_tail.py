"""Classes of very different sizes, whose items have partners in their own class only."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import entr

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.pairs import Pairs, generator_of
from ssl_theory.processes.parameters import at_least, positive

__all__ = ["LongTail"]


@dataclass(frozen=True)
class LongTail:
    r"""A block-diagonal graph: two items of one class, which has the mass :math:`\pi_c`.

    Every class has ``size`` items, equally likely within it and seen one-hot. The adjacency has the
    eigenvalue 1 once for each class, and the embedding that is best for the spectral contrastive
    loss gives items of a class one vector of squared length :math:`1 / \pi_c`, at right angles to
    all others: what is rare is long. [haochen2021spectral]

    >>> LongTail(masses=(0.5, 0.25, 0.25)).squared_norms.tolist()
    [2.0, 4.0, 4.0]
    """

    masses: tuple[float, ...] = (0.6, 0.3, 0.1)
    size: int = 4

    def __post_init__(self) -> None:
        positive("masses", *self.masses)
        if not np.isclose(sum(self.masses), 1):
            raise ValueError(
                f"`masses` must sum to one, got {sum(self.masses):.6g}. Divide them by their sum."
            )
        at_least("size", 1, self.size)

    @classmethod
    def zipf(cls, classes: int, exponent: float = 1.0, size: int = 4) -> "LongTail":
        """Masses that fall as a power of the rank."""
        falling = np.arange(1, classes + 1) ** -float(exponent)
        return cls(tuple(map(float, falling / falling.sum())), size)

    @property
    def equivalence_class(self) -> Equivalence:
        """Items of a class are alike."""
        return Equivalence.PARTITION

    @property
    def squared_norms(self) -> NDArray[np.float64]:
        """Of the best embedding of each class."""
        return 1 / np.array(self.masses)

    @property
    def eigenvalues(self) -> NDArray[np.float64]:
        """Of the normalised adjacency, largest first."""
        classes = len(self.masses)
        return np.repeat([1.0, 0.0], [classes, classes * (self.size - 1)])

    @property
    def canonical_autocorrelations(self) -> NDArray[np.float64]:
        """Of functions of the item that are not constant, largest first."""
        return self.eigenvalues[1:]

    @property
    def joint(self) -> NDArray[np.float64]:
        """The probability of each pair of items."""
        within = np.repeat(np.array(self.masses) / self.size**2, self.size)
        classes = np.repeat(np.arange(len(self.masses)), self.size)
        return np.where(classes[:, None] == classes, within, 0)

    @property
    def mutual_information(self) -> float:
        """The entropy of the class, in nats."""
        return float(entr(self.masses).sum())

    @property
    def entropy(self) -> float:
        """Of the item, in nats."""
        return self.mutual_information + float(np.log(self.size))

    def density_ratio(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        """``log p(x, y) / p(x) p(y)``, row by row: ``-inf`` across classes."""
        one, other = x.argmax(1) // self.size, y.argmax(1) // self.size
        return np.where(one == other, np.log(self.squared_norms)[one], -np.inf)

    def draw(self, n: int, seed: int) -> Pairs:
        """``n`` independent pairs; the latents are the classes, one-hot."""
        rng = generator_of(n, seed)
        label = rng.choice(len(self.masses), size=n, p=self.masses)
        x, y = np.eye(len(self.masses) * self.size)[
            label * self.size + rng.integers(self.size, size=(2, n))
        ]
        names = np.eye(len(self.masses))[label]
        return Pairs(x, y, names, names, {"class": label})
