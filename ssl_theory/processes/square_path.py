"""A point that goes round a square."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.pairs import Sequence, check_steps, generator_of
from ssl_theory.processes.triangle_wave import triangle_wave, wave_covariance

__all__ = ["SquarePath"]


@dataclass(frozen=True)
class SquarePath:
    r"""Places on the edge of a square of sides ``2 half`` about the origin, at a constant pace.

    One turn takes ``period`` moments and begins at a uniform place. Each coordinate is a wave
    with the harmonics :math:`b_k = 16 a \sin(k\pi/4) / (\pi k)^2`, :math:`k` odd, a quarter period
    behind the other, so that :math:`E\,x(\varphi)\,x(\varphi + f) = \tfrac23 a^2 (1 - 6 v^2 +
    4 v^3)` at :math:`v = 2f \le 1`. The first harmonics, which turn by exactly :math:`2\pi / T` a
    moment, hold :math:`96 / \pi^4 = 98.55\,\%` of the variance; the best linear prediction of the
    next place turns by a little less. [mikulasch2026ldm]

    >>> SquarePath(period=20).eigenvalues.round(4).tolist()
    [(0.944-0.296j), (0.944+0.296j)]
    """

    half: float = 2.0
    period: float = 20.0
    steps: int = 100

    def __post_init__(self) -> None:
        for name, unit in (("half", "2.0"), ("period", "20.0")):
            if not getattr(self, name) > 0:
                raise ValueError(
                    f"`{name}` must be positive, got {getattr(self, name)}. Use {unit}."
                )
        check_steps(self.steps)

    @property
    def equivalence_class(self) -> Equivalence:
        """A quarter turn changes when a path began, which nothing shows."""
        return Equivalence.ORTHOGONAL

    @property
    def first_harmonic_share(self) -> float:
        """Of the variance: the most that an even turn can explain."""
        return 96 / np.pi**4

    @property
    def eigenvalues(self) -> NDArray[np.complex128]:
        """Of the best linear prediction of the next place."""
        (along, across), _ = self.cross_covariance / self.covariance[0, 0]
        return along + across * np.array([-1j, 1j])

    @property
    def covariance(self) -> NDArray[np.float64]:
        """Of the place, at every moment."""
        return self.autocovariance(0)

    @property
    def cross_covariance(self) -> NDArray[np.float64]:
        """Between the place now (rows) and a moment later (columns)."""
        return self.autocovariance(1)

    @property
    def canonical_autocorrelations(self) -> NDArray[np.float64]:
        """One for each coordinate: the size of the eigenvalues."""
        return np.abs(self.eigenvalues)

    def autocovariance(self, lag: int) -> NDArray[np.float64]:
        """Between the place now (rows) and ``lag`` moments later (columns)."""
        turns = lag / self.period
        same, behind, ahead = (
            8 * self.half**2 * wave_covariance(2 * (turns + shift)) for shift in (0, -1 / 4, 1 / 4)
        )
        return np.array([[same, behind], [ahead, same]])

    def draw(self, n: int, seed: int) -> Sequence:
        """``n`` independent paths, with the ``phase`` of each moment in turns."""
        rng = generator_of(n, seed)
        phase = rng.random((n, 1)) + np.arange(self.steps) / self.period
        place = np.stack([self._side(phase), self._side(phase - 1 / 4)], axis=-1)
        return Sequence(place, place, {"phase": phase})

    def _side(self, phase: NDArray[np.float64]) -> NDArray[np.float64]:
        """A wave through 0 at phase 0, up to the edge at 1/8, along it until 3/8, and so on."""
        wave = 4 * triangle_wave(2 * phase + 1 / 2) - 2
        return self.half * wave.clip(-1, 1)
