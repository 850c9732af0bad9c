"""The Kalman filter as a latent model: what comes next, given all that came before."""

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
import sympy as sp
import torch
from numpy.typing import NDArray
from torch import Tensor

from ssl_theory import notation as nt
from ssl_theory.alignment.linear_dynamics import LinearDynamics
from ssl_theory.latent_distribution_matching import LatentModel
from ssl_theory.spaces import Euclidean
from ssl_theory.symmetries import Symmetry

__all__ = ["Kalman"]


@dataclass(frozen=True)
class Kalman(LatentModel):
    r"""``p(w_t | z_1, ..., z_t)`` of linear dynamics with Gaussian noise, in innovation form.

    The items of a batch are the steps of one sequence: ``z[t]`` is what is seen at step ``t`` and
    ``w[t]`` what is seen next, so a sequence ``x`` is given as ``x[:-1]`` and ``x[1:]``. Earlier
    axes hold sequences side by side. Summed over steps the log densities are the log likelihood of
    the sequence given its first step; nothing is sampled. [kalman1960linear]
    """

    dynamics: LinearDynamics

    @property
    def dimensions(self) -> tuple[int, ...]:
        """As many as the dynamics show."""
        return (self.dynamics.dimension,)

    @property
    def space(self) -> Euclidean:
        return Euclidean()

    @property
    def symmetries(self) -> frozenset[Symmetry]:
        return frozenset()

    def log_density(self, w: Tensor, *, given: Tensor) -> Tensor:
        expected, covariance = self.predict(given)
        root = torch.linalg.cholesky(covariance)
        innovation = (w.to(expected) - expected)[..., None]
        surprise = (
            torch.linalg.solve_triangular(root, innovation, upper=False).square().sum((-2, -1))
        )
        log_volume = root.diagonal(dim1=-2, dim2=-1).log().sum(-1)
        half = w.shape[-1] / 2
        return (-surprise / 2 - log_volume - half * math.log(2 * math.pi)).to(w.dtype)

    def predict(self, z: Tensor) -> tuple[Tensor, Tensor]:
        """Mean ``(..., t, d)`` and covariance ``(t, d, d)`` of what follows each step of ``z``."""
        return self.dynamics.show(*self.dynamics.advance(*self.filter(z)))

    def filter(self, z: Tensor) -> tuple[Tensor, Tensor]:
        """Mean ``(..., t, states)`` and covariance ``(t, states, states)`` of the state at each
        step, given what was seen up to then.
        """
        dynamics = self.dynamics
        z = z.to(dynamics.transition)
        state = dynamics.rest.new_zeros(*z.shape[:-2], dynamics.states)
        spread = torch.eye(dynamics.states).to(state)
        states, spreads = [], []
        for seen in z.unbind(-2):
            state, spread = dynamics.advance(state, spread)
            expected, covariance = dynamics.show(state, spread)
            gain = torch.linalg.solve(covariance, dynamics.readout @ spread).T
            state = state + (seen - expected) @ gain.T
            spread = spread - gain @ covariance @ gain.T  # symmetric, however many steps
            states.append(state)
            spreads.append(spread)
        return torch.stack(states, -2), torch.stack(spreads)

    def formula(self, w: tuple, *, given: tuple) -> sp.Expr:
        past, row = str(given[0]), given[1]

        @cache
        def conditioned(data: bytes) -> tuple[NDArray[np.float64], ...]:
            return self._conditioned(np.frombuffer(data).reshape(-1, self.dynamics.dimension))

        def of_past(part: int, letters: str) -> nt.Entries:
            return nt.Entries(letters, lambda views: conditioned(views[past].tobytes())[part])

        expected, precision = of_past(0, r"\hat w"), of_past(1, r"S^{-1}")
        log_volume = of_past(2, r"\log\det S")
        gap_a, gap_b = (w[0][w[1], axis] - expected[row, axis] for axis in (nt.a, nt.b))
        surprise = nt.over_axes(gap_a * precision[row, nt.a, nt.b] * gap_b, nt.a, nt.b)
        return -surprise / 2 - log_volume[(row,)] / 2 + self.log_normaliser()

    def log_normaliser(self) -> sp.Expr:
        return -nt.d / 2 * sp.log(2 * sp.pi)

    @torch.no_grad()
    def _conditioned(self, z: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
        # Not the recursion: condition the joint Gaussian of all steps, once for every past.
        mean, covariance = (x.numpy() for x in self.dynamics.joint_law(len(z) + 1))
        d = self.dynamics.dimension
        expected, precisions, log_volumes = [], [], []
        for t in range(1, len(z) + 1):
            past, ahead = slice(0, t * d), slice(t * d, (t + 1) * d)
            gain = np.linalg.solve(covariance[past, past], covariance[past, ahead]).T
            left = covariance[ahead, ahead] - gain @ covariance[past, ahead]
            expected.append(mean[ahead] + gain @ (z[:t].ravel() - mean[past]))
            precisions.append(np.linalg.inv(left))
            log_volumes.append(np.linalg.slogdet(left).logabsdet)
        return np.array(expected), np.array(precisions), np.array(log_volumes)
