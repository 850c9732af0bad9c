"""A hidden Gaussian state that moves linearly and is seen through noise."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh, solve_discrete_are, solve_discrete_lyapunov

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.gaussian_truth import (
    canonical_correlations,
    gaussian_density_ratio,
    gaussian_entropy,
    gaussian_information,
)
from ssl_theory.processes.pairs import Sequence, check_steps, generator_of

__all__ = ["LinearDynamics"]

Matrix = NDArray[np.float64]
Rows = tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class LinearDynamics:
    r"""The stationary linear system, from its first moment on.

    .. math::
        z_{t+1} = A z_t + w_t, \quad x_t = C z_t + v_t, \qquad
        w_t \sim N(0, q I), \quad v_t \sim N(0, r I)

    ``transition`` holds the rows of :math:`A`, ``readout`` those of :math:`C` (without one the
    state is seen directly), ``process_noise`` is the variance :math:`q` and ``observation_noise``
    the variance :math:`r`. The state covariance solves :math:`P = A P A^\top + q I`; what the
    past leaves unknown solves the Riccati equation. [kalman1960linear, laiz2025dcl]

    A turn by an angle shrinks what a symmetric model of it can see to its cosine:

    >>> turn = LinearDynamics.rotation(0.9, np.pi / 3, observation_noise=0.0)
    >>> np.abs(turn.eigenvalues).round(6).tolist()
    [0.9, 0.9]
    >>> turn.symmetric_autocorrelations.round(6).tolist()
    [0.45, 0.45]
    """

    transition: Rows = ((0.9, -0.3), (0.2, 0.7))
    readout: Rows | None = None
    process_noise: float = 1.0
    observation_noise: float = 0.1
    steps: int = 20

    def __post_init__(self) -> None:
        if not self.transition or {len(row) for row in self.transition} != {len(self.transition)}:
            raise ValueError(
                f"`transition` must be the rows of a square matrix, got {self.transition}. "
                "Write ((0.9,),) for a single number."
            )
        radius = np.abs(self.eigenvalues).max()
        if radius >= 1:
            raise ValueError(
                f"`transition` must have eigenvalues inside the unit circle, got {radius:.4g}: "
                "there is no stationary state otherwise. Divide it by a little more than that."
            )
        widths = {len(row) for row in self.readout} if self.readout is not None else {self.size}
        if widths != {self.size}:
            raise ValueError(
                f"`readout` must have rows of {self.size} numbers, one for each coordinate of the "
                f"state, got {self.readout}. Use None to see the state itself."
            )
        if not self.process_noise > 0:
            raise ValueError(
                f"`process_noise` must be positive, got {self.process_noise}: without it the "
                "stationary state is zero. Use 1.0."
            )
        if not self.observation_noise >= 0:
            raise ValueError(
                f"`observation_noise` must be a variance, got {self.observation_noise}. Use 0.0 "
                "to see without noise."
            )
        check_steps(self.steps)

    @classmethod
    def rotation(
        cls,
        radius: float,
        angle: float,
        *,
        process_noise: float = 1.0,
        observation_noise: float = 0.1,
        steps: int = 20,
    ) -> "LinearDynamics":
        r"""A turn of the plane by ``angle`` that shrinks by ``radius``; eigenvalues
        :math:`r e^{\pm i \theta}` and state covariance :math:`q I / (1 - r^2)`.
        """
        cosine, sine = float(radius * np.cos(angle)), float(radius * np.sin(angle))
        rows = ((cosine, -sine), (sine, cosine))
        return cls(rows, None, process_noise, observation_noise, steps)

    @property
    def size(self) -> int:
        """The dimension of the state."""
        return len(self.transition)

    @property
    def equivalence_class(self) -> Equivalence:
        """A change of basis of the state changes nothing that is seen."""
        return Equivalence.AFFINE

    @property
    def eigenvalues(self) -> NDArray[np.complex128]:
        """Of the transition, by decreasing size; what no change of basis changes."""
        values = np.linalg.eigvals(np.array(self.transition)).astype(complex)
        return values[np.lexsort((values.imag, -np.abs(values).round(12)))]

    @property
    def latent_covariance(self) -> Matrix:
        """Of the hidden state, at every moment."""
        return solve_discrete_lyapunov(self._a, self.process_noise * np.eye(self.size))

    @property
    def covariance(self) -> Matrix:
        """Of what is seen, at every moment."""
        return self.autocovariance(0)

    @property
    def cross_covariance(self) -> Matrix:
        """Between what is seen now (rows) and a step later (columns)."""
        return self.autocovariance(1)

    def autocovariance(self, lag: int) -> Matrix:
        r"""``E x_t x_{t + lag}' = C P (A')^lag C'``, and the noise where ``lag`` is 0."""
        later = np.linalg.matrix_power(self._a, lag) @ self.latent_covariance
        seen = self._c @ later.T @ self._c.T
        return seen + (lag == 0) * self.observation_noise * np.eye(len(seen))

    @property
    def canonical_autocorrelations(self) -> NDArray[np.float64]:
        """Between two moments, largest first."""
        return canonical_correlations(self.covariance, self.cross_covariance, self.covariance)

    @property
    def symmetric_autocorrelations(self) -> NDArray[np.float64]:
        """What a symmetric model of the step sees, largest first: of a turn only the cosine."""
        across = self.cross_covariance
        return eigh((across + across.T) / 2, self.covariance, eigvals_only=True)[::-1]

    @property
    def mutual_information(self) -> float:
        """What one moment says about the next, in nats."""
        return gaussian_information(self.canonical_autocorrelations)

    @property
    def predictive_information(self) -> float:
        """What the whole past says about the next moment, in nats."""
        return self.entropy - self.entropy_rate

    @property
    def entropy(self) -> float:
        """The differential entropy of one moment, in nats."""
        return gaussian_entropy(self.covariance)

    @property
    def entropy_rate(self) -> float:
        """The differential entropy of a moment given its whole past, in nats."""
        return gaussian_entropy(self.innovation_covariance)

    def density_ratio(self, x: Matrix, y: Matrix) -> NDArray[np.float64]:
        """``log p(x, y) / p(x) p(y)`` of a moment and the next, row by row."""
        return gaussian_density_ratio(x, y, self.covariance, self.cross_covariance, self.covariance)

    @property
    def prediction_covariance(self) -> Matrix:
        """Of the next state given the past: where the Riccati recursion comes to rest."""
        noise = self.observation_noise * np.eye(len(self._c))
        return solve_discrete_are(
            self._a.T, self._c.T, self.process_noise * np.eye(self.size), noise
        )

    @property
    def innovation_covariance(self) -> Matrix:
        """Of what is seen next given the past."""
        seen = self._c @ self.prediction_covariance @ self._c.T
        return seen + self.observation_noise * np.eye(len(seen))

    @property
    def kalman_gain(self) -> Matrix:
        """How far the filter moves towards a surprise: ``P C' S^{-1}``."""
        across = self.prediction_covariance @ self._c.T
        return np.asarray(np.linalg.solve(self.innovation_covariance, across.T).T, np.float64)

    @property
    def filter_covariance(self) -> Matrix:
        """Of the state given the past and the present."""
        return self.prediction_covariance - self.kalman_gain @ self._c @ self.prediction_covariance

    def bayes_r2(self, *, past: bool) -> float:
        """The share of the state's variance that the present shows, with or without its past."""
        left = self.filter_covariance
        if not past:
            across = self.latent_covariance @ self._c.T
            left = self.latent_covariance - across @ np.linalg.solve(self.covariance, across.T)
        return float(1 - np.trace(left) / np.trace(self.latent_covariance))

    def draw(self, n: int, seed: int) -> Sequence:
        """``n`` independent trajectories, the same for the same seed."""
        rng = generator_of(n, seed)
        factor = np.linalg.cholesky(self.latent_covariance)
        states = np.empty((n, self.steps, self.size))
        states[:, 0] = rng.standard_normal((n, self.size)) @ factor.T
        for t in range(1, self.steps):
            moved = rng.standard_normal((n, self.size)) * np.sqrt(self.process_noise)
            states[:, t] = states[:, t - 1] @ self._a.T + moved
        noise = rng.standard_normal((n, self.steps, len(self._c)))
        seen = states @ self._c.T + np.sqrt(self.observation_noise) * noise
        return Sequence(seen, latents=states)

    @property
    def _a(self) -> Matrix:
        return np.array(self.transition, dtype=np.float64)

    @property
    def _c(self) -> Matrix:
        return np.eye(self.size) if self.readout is None else np.array(self.readout, np.float64)
