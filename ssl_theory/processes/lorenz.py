"""Lorenz's three equations, in steps of Euler's, with noise of their own for each coordinate."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.mixings import Mixing, Unmixed
from ssl_theory.processes.pairs import Sequence, check_steps, generator_of

__all__ = ["Lorenz"]


@dataclass(frozen=True)
class Lorenz:
    r"""Chaos of three coordinates, seen through ``mixing``.

    .. math::
        z_{t+1} = z_t + \delta \begin{pmatrix} \sigma (z_2 - z_1) \\ z_1 (\rho - z_3) - z_2 \\
        z_1 z_2 - \beta z_3 \end{pmatrix} + w_t, \qquad w_t \sim N(0, q I), \quad x_t = g(z_t)

    ``step`` is :math:`\delta` and ``process_noise`` the variance :math:`q` of each coordinate of
    each trajectory at each step. Trajectories begin near the upper rests and run ``burn_in``
    steps unseen. Known in closed form: the map itself, its Jacobian, where it rests, and that on
    the attractor :math:`E z_1 = E z_2` and :math:`E z_1 z_2 = \beta E z_3`. [lorenz1963flow,
    laiz2025dcl]

    >>> Lorenz(beta=1.0, rho=17.0).rests.tolist()
    [[0.0, 0.0, 0.0], [4.0, 4.0, 16.0], [-4.0, -4.0, 16.0]]
    """

    sigma: float = 10.0
    rho: float = 28.0
    beta: float = 8 / 3
    step: float = 0.01
    process_noise: float = 0.0
    burn_in: int = 500
    steps: int = 20
    mixing: Mixing = field(default_factory=Unmixed)

    def __post_init__(self) -> None:
        if not (self.sigma > 0 and self.beta > 0 and self.rho > 1):
            raise ValueError(
                "`sigma` and `beta` must be positive and `rho` above 1, got "
                f"{self.sigma}, {self.beta} and {self.rho}: below, everything rests at zero."
            )
        if not 0 < self.step <= 0.02:
            raise ValueError(
                f"`step` must lie between 0 and 0.02, got {self.step}: Euler's steps leave the "
                "attractor when they are long. Use 0.01."
            )
        if not self.process_noise >= 0:
            raise ValueError(
                f"`process_noise` must be a variance, got {self.process_noise}. Use 0.0 for none."
            )
        if self.burn_in < 0:
            raise ValueError(f"`burn_in` must be at least 0, got {self.burn_in}. Use 500.")
        check_steps(self.steps)

    @property
    def equivalence_class(self) -> Equivalence:
        """A change of basis of the state changes nothing that is seen."""
        return Equivalence.AFFINE

    @property
    def rests(self) -> NDArray[np.float64]:
        """The three states that stay where they are, without noise."""
        side = np.sqrt(self.beta * (self.rho - 1))
        top = self.rho - 1
        return np.array([[0, 0, 0], [side, side, top], [-side, -side, top]], dtype=np.float64)

    @property
    def divergence(self) -> float:
        """The rate at which the continuous flow shrinks volumes, the same everywhere."""
        return -(self.sigma + 1 + self.beta)

    def advance(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        """The mean of the next state."""
        first, second, third = np.moveaxis(z, -1, 0)
        speed = (
            self.sigma * (second - first),
            first * (self.rho - third) - second,
            first * second - self.beta * third,
        )
        return z + self.step * np.stack(speed, axis=-1)

    def jacobian(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        """Of ``advance`` at one state."""
        first, second, third = z
        speed = [
            [-self.sigma, self.sigma, 0.0],
            [self.rho - third, -1.0, -first],
            [second, first, -self.beta],
        ]
        return np.eye(3) + self.step * np.array(speed)

    def draw(self, n: int, seed: int) -> Sequence:
        """``n`` independent trajectories, the same for the same seed."""
        rng = generator_of(n, seed)
        z = self.rests[rng.integers(1, 3, size=n)] + rng.standard_normal((n, 3))
        states = np.empty((n, self.steps, 3))
        for t in range(-self.burn_in, self.steps):
            z = self.advance(z)
            if self.process_noise:
                z = z + np.sqrt(self.process_noise) * rng.standard_normal((n, 3))
            if t >= 0:
                states[:, t] = z
        return Sequence(self.mixing(states.reshape(-1, 3)).reshape(n, self.steps, -1), states)
