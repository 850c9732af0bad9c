"""A ball that crosses a box in straight lines and leaves its walls as light leaves a mirror."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.pairs import Sequence, check_steps, generator_of
from ssl_theory.processes.triangle_wave import mean_wave_covariance, triangle_wave

__all__ = ["BouncingBall"]


@dataclass(frozen=True)
class BouncingBall:
    r"""The centre of a ball of ``radius`` in the unit box, exactly, however fast it is.

    .. math::
        p_t = r + w\,\mathrm{fold}(u + t v), \qquad u \sim U[0, 2]^d, \quad
        w v \sim U[0, s]^d, \quad w = 1 - 2r

    ``fold`` is the triangle wave of period 2 that is the identity on :math:`[0, 1]`, and ``speed``
    is :math:`s`, the most that a coordinate moves in a step. Places are uniform at every moment;
    a coordinate that moves by :math:`a` widths has the autocovariance :math:`w^2 (1 - 6 a^2 + 4
    a^3) / 12`. The state holds place and velocity, and only the place is seen.

    >>> BouncingBall().covariance.round(6).tolist()
    [[0.083333, 0.0], [0.0, 0.083333]]
    """

    dimension: int = 2
    radius: float = 0.0
    speed: float = 0.2
    steps: int = 20

    def __post_init__(self) -> None:
        if self.dimension < 1:
            raise ValueError(f"`dimension` must be at least 1, got {self.dimension}. Use 2.")
        if not 0 <= self.radius < 0.5:
            raise ValueError(
                f"`radius` must be at least 0 and below 0.5, got {self.radius}: the ball must fit "
                "the unit box."
            )
        if not self.speed > 0:
            raise ValueError(f"`speed` must be positive, got {self.speed}. Use 0.2.")
        check_steps(self.steps)

    @property
    def equivalence_class(self) -> Equivalence:
        """Independent coordinates of a uniform law, each as good from the left as the right."""
        return Equivalence.PERMUTATION_SIGN

    @property
    def covariance(self) -> NDArray[np.float64]:
        """Of the place, at every moment."""
        return self.width**2 / 12 * np.eye(self.dimension)

    @property
    def cross_covariance(self) -> NDArray[np.float64]:
        """Between the place now and a step later."""
        return self.autocovariance(1)

    @property
    def canonical_autocorrelations(self) -> NDArray[np.float64]:
        """Between the place now and a step later: the same for each coordinate."""
        return np.full(self.dimension, self.autocovariance(1)[0, 0] * 12 / self.width**2)

    def autocovariance(self, lag: int) -> NDArray[np.float64]:
        """Between the place now and ``lag`` steps later, over all places and speeds."""
        mean = mean_wave_covariance(lag * self.speed / self.width)
        return self.width**2 * mean * np.eye(self.dimension)

    @property
    def width(self) -> float:
        """Of the box that the centre can reach."""
        return 1 - 2 * self.radius

    def draw(self, n: int, seed: int) -> Sequence:
        """``n`` independent flights, the same for the same seed."""
        rng = generator_of(n, seed)
        start = rng.uniform(0, 2, size=(n, 1, self.dimension))
        pace = rng.uniform(0, self.speed / self.width, size=(n, 1, self.dimension))
        phase = (start + pace * np.arange(self.steps)[:, None]) % 2
        place = self.radius + self.width * triangle_wave(phase)
        velocity = self.width * pace * np.where(phase < 1, 1, -1)
        return Sequence(place, np.concatenate([place, velocity], axis=-1))
