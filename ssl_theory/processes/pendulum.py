"""A pendulum that swings, with or without friction."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ellipj, ellipk

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.pairs import Sequence, check_steps, generator_of

__all__ = ["Pendulum"]

LONGEST = 0.02  # a Runge-Kutta step whose error, below 1e-9, no test of ours can see


@dataclass(frozen=True)
class Pendulum:
    r"""Angle and angular velocity in natural units; only the tip is seen.

    .. math::
        \ddot\theta = -\sin\theta - c\,\dot\theta, \qquad
        z = (\theta, \dot\theta), \quad x = (\sin\theta, -\cos\theta)

    ``damping`` is :math:`c`. Swings begin with an amplitude uniform in ``amplitudes`` (radians)
    at a uniform point of its period. Without friction the energy :math:`\dot\theta^2/2 -
    \cos\theta` of each trajectory is conserved: its slowest feature, and a function of the
    amplitude, as the period :math:`4 K(\sin^2(a/2))` is, :math:`K` the complete elliptic
    integral.

    Small swings take as long as those of a spring:

    >>> round(float(Pendulum().period(1e-6) / (2 * np.pi)), 9)
    1.0
    """

    damping: float = 0.0
    amplitudes: tuple[float, float] = (0.2, 2.5)
    step: float = 0.1
    steps: int = 20

    def __post_init__(self) -> None:
        if not self.damping >= 0:
            raise ValueError(
                f"`damping` must be at least 0, got {self.damping}: friction takes energy."
            )
        low, high = self.amplitudes
        if not 0 < low <= high < np.pi:
            raise ValueError(
                f"`amplitudes` must lie between 0 and pi, the smaller first, got "
                f"{self.amplitudes}. Use (0.2, 2.5)."
            )
        if not self.step > 0:
            raise ValueError(f"`step` must be positive, got {self.step}. Use 0.1.")
        check_steps(self.steps)

    @property
    def equivalence_class(self) -> Equivalence:
        """A change of basis of the state changes nothing that is seen of its motion."""
        return Equivalence.AFFINE

    def energy(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        """Kinetic and potential, zero when hanging level; ``-cos`` of the amplitude at rest."""
        return z[..., 1] ** 2 / 2 - np.cos(z[..., 0])

    def period(self, amplitude: NDArray[np.float64] | float) -> NDArray[np.float64]:
        """How long a swing of this ``amplitude`` takes without friction."""
        return 4 * ellipk(np.sin(np.asarray(amplitude) / 2) ** 2)

    def swing(
        self, amplitude: NDArray[np.float64] | float, time: NDArray[np.float64] | float
    ) -> NDArray[np.float64]:
        """The frictionless state ``time`` after passing the lowest point, by elliptic functions."""
        modulus = np.sin(np.asarray(amplitude) / 2)
        sine, cosine, _, _ = ellipj(time, modulus**2)
        return np.stack([2 * np.arcsin(modulus * sine), 2 * modulus * cosine], axis=-1)

    def advance(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        """The state one step later."""
        parts = int(np.ceil(self.step / LONGEST))
        for _ in range(parts):
            z = self._runge_kutta(z, self.step / parts)
        return z

    def draw(self, n: int, seed: int) -> Sequence:
        """``n`` independent trajectories; ``amplitude`` is that of the first swing."""
        rng = generator_of(n, seed)
        amplitude = rng.uniform(*self.amplitudes, size=n)
        states = np.empty((n, self.steps, 2))
        states[:, 0] = self.swing(amplitude, rng.random(n) * self.period(amplitude))
        for t in range(1, self.steps):
            states[:, t] = self.advance(states[:, t - 1])
        tip = np.stack([np.sin(states[..., 0]), -np.cos(states[..., 0])], axis=-1)
        return Sequence(tip, states, {"amplitude": np.tile(amplitude[:, None], self.steps)})

    def _velocity(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        angle, speed = z[..., 0], z[..., 1]
        return np.stack([speed, -np.sin(angle) - self.damping * speed], axis=-1)

    def _runge_kutta(self, z: NDArray[np.float64], h: float) -> NDArray[np.float64]:
        first = self._velocity(z)
        second = self._velocity(z + h / 2 * first)
        third = self._velocity(z + h / 2 * second)
        fourth = self._velocity(z + h * third)
        return z + h / 6 * (first + 2 * second + 2 * third + fourth)
