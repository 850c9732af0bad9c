"""A point that goes round a circle."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.pairs import Sequence, check_steps, generator_of

__all__ = ["CircularPath"]


@dataclass(frozen=True)
class CircularPath:
    r"""Places on a circle of ``radius`` about the origin, ``period`` moments to a turn.

    .. math::
        p_t = R\,(\cos\varphi_t, \sin\varphi_t), \qquad
        \varphi_{t+1} = \varphi_t + 2\pi / T + \xi_t, \quad \xi_t \sim N(0, s)

    ``phase_noise`` is the variance :math:`s`. The best linear prediction of the next place is a
    turn with the eigenvalues :math:`e^{-s/2 \pm 2 \pi i / T}`. [mikulasch2026ldm]

    >>> np.angle(CircularPath(period=20).eigenvalues).round(4).tolist()
    [-0.3142, 0.3142]
    """

    radius: float = 2.0
    period: float = 20.0
    phase_noise: float = 0.0
    steps: int = 100

    def __post_init__(self) -> None:
        for name, unit in (("radius", "2.0"), ("period", "20.0")):
            if not getattr(self, name) > 0:
                raise ValueError(
                    f"`{name}` must be positive, got {getattr(self, name)}. Use {unit}."
                )
        if not self.phase_noise >= 0:
            raise ValueError(
                f"`phase_noise` must be a variance, got {self.phase_noise}. Use 0.0 for none."
            )
        check_steps(self.steps)

    @property
    def equivalence_class(self) -> Equivalence:
        """A turn of the plane changes when a path began, which nothing shows."""
        return Equivalence.ORTHOGONAL

    @property
    def eigenvalues(self) -> NDArray[np.complex128]:
        """Of the best linear prediction of the next place."""
        angle = 2 * np.pi / self.period
        return np.exp(-self.phase_noise / 2 + angle * np.array([-1j, 1j]))

    @property
    def covariance(self) -> NDArray[np.float64]:
        """Of the place, at every moment."""
        return self.radius**2 / 2 * np.eye(2)

    @property
    def cross_covariance(self) -> NDArray[np.float64]:
        """Between the place now (rows) and a moment later (columns)."""
        turned = self.eigenvalues[1] * self.radius**2 / 2
        return np.array([[turned.real, turned.imag], [-turned.imag, turned.real]])

    @property
    def canonical_autocorrelations(self) -> NDArray[np.float64]:
        """One for each coordinate: what the noise of the phase leaves."""
        return np.abs(self.eigenvalues)

    def draw(self, n: int, seed: int) -> Sequence:
        """``n`` independent paths, with the ``phase`` of each moment."""
        rng = generator_of(n, seed)
        moves = rng.standard_normal((n, self.steps)) * np.sqrt(self.phase_noise)
        moves += 2 * np.pi / self.period
        moves[:, 0] = rng.uniform(0, 2 * np.pi, size=n)
        phase = moves.cumsum(axis=1)
        place = self.radius * np.stack([np.cos(phase), np.sin(phase)], axis=-1)
        return Sequence(place, place, {"phase": phase})
