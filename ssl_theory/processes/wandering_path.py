"""A point that wanders in a square and is turned back by its walls."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.pairs import Sequence, check_steps, generator_of
from ssl_theory.processes.triangle_wave import mean_wave_covariance, triangle_wave

__all__ = ["WanderingPath"]

HARMONICS = np.arange(1, 4001, 2)


@dataclass(frozen=True)
class WanderingPath:
    r"""Places in a square of ``width`` from the origin, moved by uniform actions.

    .. math::
        p_{t+1} = w\,\mathrm{fold}((p_t + a_t) / w), \qquad a_t \sim U[-s, s]^2

    ``longest`` is :math:`s`. Folding keeps places uniform at every moment, and the cosines
    :math:`\cos(k \pi p / w)` are the eigenfunctions of a step, with the eigenvalues
    :math:`\sin(k \pi s / w) / (k \pi s / w)`. ``action`` is what moved to each place, 0 at first.
    [sobal2022slow]

    >>> round(float(WanderingPath(width=1.0, longest=0.5).eigenvalue(2)), 12)
    0.0
    """

    width: float = 28.0
    longest: float = 4.0
    steps: int = 20

    def __post_init__(self) -> None:
        for name in ("width", "longest"):
            if not getattr(self, name) > 0:
                raise ValueError(f"`{name}` must be positive, got {getattr(self, name)}. Use 4.0.")
        check_steps(self.steps)

    @property
    def equivalence_class(self) -> Equivalence:
        """Independent coordinates of a uniform law, each as good from the left as the right."""
        return Equivalence.PERMUTATION_SIGN

    @property
    def covariance(self) -> NDArray[np.float64]:
        """Of the place, at every moment."""
        return self.width**2 / 12 * np.eye(2)

    @property
    def cross_covariance(self) -> NDArray[np.float64]:
        """Between the place now and a step later."""
        return self.width**2 * mean_wave_covariance(self.longest / self.width) * np.eye(2)

    @property
    def canonical_autocorrelations(self) -> NDArray[np.float64]:
        """Of linear functions of the place now and a step later."""
        return np.diag(self.cross_covariance) * 12 / self.width**2

    def eigenvalue(self, harmonic: NDArray[np.int64] | int) -> NDArray[np.float64]:
        """The autocorrelation of the cosine of that many half periods over the square."""
        return np.sinc(np.multiply(harmonic, self.longest / self.width))

    def autocovariance(self, lag: int) -> NDArray[np.float64]:
        """Between the place now and ``lag`` steps later, by the series of the eigenfunctions."""
        terms = self.eigenvalue(HARMONICS) ** lag / HARMONICS.astype(np.float64) ** 4
        return 8 / np.pi**4 * self.width**2 * terms.sum() * np.eye(2)

    def draw(self, n: int, seed: int) -> Sequence:
        """``n`` independent paths, the same for the same seed."""
        rng = generator_of(n, seed)
        action = rng.uniform(-self.longest, self.longest, size=(n, self.steps, 2))
        action[:, 0] = 0
        # Folding once at the end is folding at every step, in law: the unfolded walk reflected.
        free = rng.uniform(0, self.width, size=(n, 1, 2)) + action.cumsum(axis=1)
        place = self.width * triangle_wave(free / self.width)
        heading = np.where((free / self.width) % 2 < 1, 1, -1)
        seen = np.concatenate([action[:, :1], action[:, 1:] * heading[:, :-1]], axis=1)
        return Sequence(place, place, {"action": seen})
