"""A state whose linear dynamics are chosen anew, now and then, from a few."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.mixings import Mixing, Unmixed
from ssl_theory.processes.pairs import Sequence, check_steps, generator_of

__all__ = ["SwitchingDynamics"]

Matrix = NDArray[np.float64]
Rows = tuple[tuple[float, ...], ...]

TURNS = (((0.9, -0.3), (0.3, 0.9)), ((0.8, 0.4), (-0.4, 0.8)))


@dataclass(frozen=True)
class SwitchingDynamics:
    r"""A linear system whose transition follows a Markov chain.

    .. math::
        k_{t+1} = k_t \text{ with probability } s, \text{ else uniform among the others}, \qquad
        z_{t+1} = A_{k_{t+1}} z_t + w_t, \quad w_t \sim N(0, q I), \quad x_t = g(z_t)

    ``stay`` is :math:`s` and ``process_noise`` is :math:`q`. The second moments by mode,
    :math:`Q_k = E\,z_t z_t^\top 1\{k_t = k\}`, are the fixed point of a linear map, and first
    states are drawn with them, so that every moment has the same: no burn-in. [laiz2025dcl]

    With equal modes it is a linear system:

    >>> still = SwitchingDynamics(transitions=(((0.6,),), ((0.6,),)))
    >>> bool(np.isclose(still.latent_covariance[0, 0], 0.01 / (1 - 0.36)))
    True
    """

    transitions: tuple[Rows, ...] = TURNS
    stay: float = 0.95
    process_noise: float = 0.01
    steps: int = 20
    mixing: Mixing = field(default_factory=Unmixed)

    def __post_init__(self) -> None:
        shapes = {np.shape(rows) for rows in self.transitions}
        if len(self.transitions) < 2 or len(shapes) > 1 or len({*max(shapes)}) != 1:
            raise ValueError(
                "`transitions` must hold two or more square matrices of one size, got shapes "
                f"{sorted(shapes)}. Use LinearDynamics for one."
            )
        if not 0 <= self.stay < 1:
            raise ValueError(
                f"`stay` must be a probability below 1, got {self.stay}: a chain that never "
                "leaves its mode is a mixture of systems."
            )
        if not self.process_noise > 0:
            raise ValueError(
                f"`process_noise` must be a positive variance, got {self.process_noise}: without "
                "it the stationary state is zero."
            )
        check_steps(self.steps)
        radius = np.abs(np.linalg.eigvals(self._growth)).max()
        if radius >= 1:
            raise ValueError(
                f"`transitions` must keep the second moments finite, got growth by {radius:.4g} a "
                "step. Shrink them, or switch more often between those that do not grow."
            )

    @property
    def equivalence_class(self) -> Equivalence:
        """A change of basis of the state changes nothing that is seen."""
        return Equivalence.AFFINE

    @property
    def mode_chain(self) -> Matrix:
        """The transition probabilities of the mode, from row to column."""
        modes = len(self.transitions)
        leave = (1 - self.stay) / (modes - 1)
        return np.full((modes, modes), leave) + (self.stay - leave) * np.eye(modes)

    @property
    def eigenvalues(self) -> NDArray[np.complex128]:
        """Of each transition (modes, d), as ``numpy.linalg.eigvals`` orders them."""
        return np.linalg.eigvals(np.array(self.transitions)).astype(complex)

    @property
    def mode_moments(self) -> NDArray[np.float64]:
        """``E z z' 1{mode = k}``, one matrix a mode, at every moment."""
        modes, d, _ = np.shape(self.transitions)
        fresh = np.tile(self.process_noise / modes * np.eye(d).ravel(), modes)
        solved = np.linalg.solve(np.eye(modes * d * d) - self._growth, fresh)
        return np.asarray(solved.reshape(modes, d, d), np.float64)

    @property
    def latent_covariance(self) -> Matrix:
        """Of the state, at every moment."""
        return self.mode_moments.sum(0)

    @property
    def latent_cross_covariance(self) -> Matrix:
        """Between the state now (rows) and a step later (columns)."""
        mixed = np.einsum("jk,jab->kab", self.mode_chain, self.mode_moments)
        return np.einsum("kab,kcb->ac", mixed, np.array(self.transitions))

    def draw(self, n: int, seed: int) -> Sequence:
        """``n`` independent trajectories; ``mode`` says which transition led to each state."""
        rng = generator_of(n, seed)
        matrices = np.array(self.transitions, dtype=np.float64)
        modes, d, _ = matrices.shape
        mode = np.empty((n, self.steps), dtype=np.int64)
        states = np.empty((n, self.steps, d))
        mode[:, 0] = rng.integers(modes, size=n)
        factors = np.linalg.cholesky(modes * self.mode_moments)
        states[:, 0] = _applied(factors[mode[:, 0]], rng.standard_normal((n, d)))
        for t in range(1, self.steps):
            other = (mode[:, t - 1] + rng.integers(1, modes, size=n)) % modes
            mode[:, t] = np.where(rng.random(n) < self.stay, mode[:, t - 1], other)
            noise = np.sqrt(self.process_noise) * rng.standard_normal((n, d))
            states[:, t] = _applied(matrices[mode[:, t]], states[:, t - 1]) + noise
        seen = self.mixing(states.reshape(-1, d)).reshape(n, self.steps, -1)
        return Sequence(seen, states, {"mode": mode})

    @property
    def _growth(self) -> Matrix:
        """The linear map of the flattened second moments by mode over one step."""
        powers = np.array([np.kron(a, a) for a in np.array(self.transitions)])
        modes, size, _ = powers.shape
        blocks = self.mode_chain.T[:, None, :, None] * powers[:, :, None, :]
        return blocks.reshape(modes * size, modes * size)


def _applied(matrices: NDArray[np.float64], vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.einsum("nab,nb->na", matrices, vectors)
