"""Latents pushed by Laplace shocks: a world of pairs next to that of Gaussian latents."""

from dataclasses import dataclass

from ssl_theory.processes import Equivalence, LaplaceAutoregression, Pairs
from ssl_theory.processes.mixings import Mixing, Unmixed

__all__ = ["LaplacePairs"]


@dataclass(frozen=True)
class LaplacePairs:
    """A moment of :class:`~ssl_theory.processes.LaplaceAutoregression` and the next.

    >>> LaplacePairs().draw(5, seed=0).x.shape
    (5, 2)
    """

    dimension: int = 2
    persistence: float = 0.5
    mixing: Mixing = Unmixed()

    @property
    def trajectories(self) -> LaplaceAutoregression:
        """Of two moments."""
        return LaplaceAutoregression(self.dimension, self.persistence, 2, self.mixing)

    @property
    def equivalence_class(self) -> Equivalence:
        """That of the trajectories."""
        return self.trajectories.equivalence_class

    def draw(self, n: int, seed: int) -> Pairs:
        """``n`` independent pairs."""
        return self.trajectories.draw(n, seed).pairs()
