"""Latents of which each moves by few of the others."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.mixings import Mixing, Perceptron
from ssl_theory.processes.pairs import Sequence, generator_of
from ssl_theory.processes.parameters import at_least, positive

__all__ = ["SparseMechanisms"]


@dataclass(frozen=True)
class SparseMechanisms:
    r""":math:`z_{t+1,i} = z_{t,i} + s\sum_j G_{ij}\sin(\omega_{ij} z_{t,j} + \phi_{ij}) +
    \sigma\varepsilon`, seen as ``x = g(z)``: latent ``i`` moves by those that the ``graph`` ``G``
    lets it. ``z_0`` is white and normal; frequencies, uniform between 1 and 3, and phases are
    drawn from ``world_seed``.

    Where the graph is sparse enough, the sparsest model of the movement has the latents in some
    order and each on its own scale [lachapelle2021sparsity].

    >>> SparseMechanisms().distance(np.ones((3, 3)))  # four edges too many
    4
    """

    graph: tuple[tuple[int, ...], ...] = ((1, 0, 0), (1, 1, 0), (0, 1, 1))
    strength: float = 0.5
    noise: float = 0.01
    moments: int = 5
    mixing: Mixing = Perceptron(layers=4)
    world_seed: int = 0

    def __post_init__(self) -> None:
        sizes = {len(self.graph)} | {len(row) for row in self.graph}
        if len(sizes) != 1 or not {edge for row in self.graph for edge in row} <= {0, 1}:
            raise ValueError(
                f"`graph` must be a square of zeros and ones, got {self.graph}. Row i says what "
                "moves latent i."
            )
        positive("strength", self.strength)
        positive("noise", self.noise)
        at_least("moments", 2, self.moments)

    @property
    def adjacency(self) -> NDArray[np.float64]:
        """``G`` as a matrix."""
        return np.array(self.graph, dtype=np.float64)

    @property
    def latent_covariance_at_start(self) -> NDArray[np.float64]:
        """Of ``z_0``; later ones wander."""
        return np.eye(len(self.graph))

    @property
    def latent_cross_covariance(self) -> NDArray[np.float64]:
        r"""Of the first two moments, by Stein's lemma: an edge adds
        :math:`s\,\omega\cos(\phi)\,e^{-\omega^2/2}`."""
        frequency, phase = self._waves
        slope = frequency * np.cos(phase) * np.exp(-(frequency**2) / 2)
        return np.eye(len(self.graph)) + self.strength * (self.adjacency * slope).T

    @property
    def equivalence_class(self) -> Equivalence:
        """An order and a scale of each."""
        return Equivalence.PERMUTATION_SCALE

    def distance(self, estimate: NDArray[np.float64]) -> int:
        """How many edges a graph, its latents in our order, has too many or too few."""
        return int(np.sum((np.asarray(estimate) != 0) != (self.adjacency != 0)))

    def transition_mean(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        """Of the next latents, given these ``(..., d)``."""
        frequency, phase = self._waves
        pushes = self.adjacency * np.sin(frequency * z[..., None, :] + phase)
        return z + self.strength * pushes.sum(-1)

    def transition_log_density(
        self, z: NDArray[np.float64], given: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Of the next latents, given these, in nats."""
        steps = (z - self.transition_mean(given)) / self.noise
        volume = np.log(self.noise) + np.log(2 * np.pi) / 2
        return -np.sum(steps**2 / 2 + volume, axis=-1)

    def draw(self, n: int, seed: int) -> Sequence:
        """``n`` independent trajectories, the same for the same seed."""
        noise = generator_of(n, seed).standard_normal((self.moments, n, len(self.graph)))
        states = [noise[0]]
        for shock in noise[1:]:
            states.append(self.transition_mean(states[-1]) + self.noise * shock)
        latents = np.stack(states, axis=1)
        return Sequence(self.mixing(latents), latents)

    @cached_property
    def _waves(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        generator = np.random.default_rng(self.world_seed)
        shape = (len(self.graph), len(self.graph))
        return generator.uniform(1, 3, shape), generator.uniform(0, 2 * np.pi, shape)
