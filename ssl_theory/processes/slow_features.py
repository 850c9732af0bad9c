"""What stays, what moves slowly and what is new at each moment, mixed together."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.gaussian_truth import gaussian_entropy, gaussian_information
from ssl_theory.processes.mixings.orthogonal import random_rotation
from ssl_theory.processes.pairs import Sequence, check_steps, generator_of

__all__ = ["SlowFeatures"]


@dataclass(frozen=True)
class SlowFeatures:
    r"""Trajectories of features that differ only in how fast they change.

    .. math::
        x_t = (u, y_t, \varepsilon_t)\,Q, \qquad u, \varepsilon_t \sim N(0, I), \quad
        y_{t+1} = \phi\,y_t + \sqrt{1 - \phi^2}\,\eta_t

    ``static`` features :math:`u` belong to the trajectory (a background), ``moving`` ones
    :math:`y` are what an agent would act on, ``fresh`` ones are noise. All have variance one, so
    only their autocorrelations 1, :math:`\phi` and 0 tell them apart, and the best ``keep``
    dimensions hold as many moving features as are left when the slower ones are in.
    ``mixing_seed`` draws the rotation :math:`Q`; without one the axes stay as they are.
    [wiskott2002slow, sobal2022slow]

    >>> world = SlowFeatures(static=2, moving=2)
    >>> [world.moving_r2(keep) for keep in range(6)]
    [0.0, 0.0, 0.0, 0.5, 1.0, 1.0]
    """

    static: int = 2
    moving: int = 2
    fresh: int = 2
    phi: float = 0.8
    steps: int = 20
    mixing_seed: int | None = None

    def __post_init__(self) -> None:
        if min(self.static, self.moving - 1, self.fresh) < 0:
            raise ValueError(
                "`static` and `fresh` must be at least 0 and `moving` at least 1, got "
                f"{self.static}, {self.fresh} and {self.moving}. Use 0 to leave one out."
            )
        if not 0 < abs(self.phi) < 1:
            raise ValueError(
                f"`phi` must lie between -1 and 1 and not be 0, got {self.phi}: it would be one "
                "of the other two kinds. Count its features there."
            )
        check_steps(self.steps)

    @property
    def equivalence_class(self) -> Equivalence:
        """Features of one speed are known up to a rotation among themselves."""
        return Equivalence.ORTHOGONAL

    @property
    def mixing(self) -> NDArray[np.float64]:
        """The rotation ``Q``."""
        if self.mixing_seed is None:
            return np.eye(len(self._speeds))
        return random_rotation(len(self._speeds), np.random.default_rng(self.mixing_seed))

    @property
    def covariance(self) -> NDArray[np.float64]:
        """Within a moment: white, whatever the mixing."""
        return np.eye(len(self._speeds))

    @property
    def cross_covariance(self) -> NDArray[np.float64]:
        """Between a moment and the next."""
        return self.mixing.T * self._speeds @ self.mixing

    @property
    def canonical_autocorrelations(self) -> NDArray[np.float64]:
        """Between a moment and the next, largest first."""
        return np.sort(self._speeds)[::-1]

    @property
    def mutual_information(self) -> float:
        """What a moment says about the next, in nats: no end of it where something is static."""
        return gaussian_information(self._speeds)

    @property
    def entropy(self) -> float:
        """The differential entropy of one moment, in nats."""
        return gaussian_entropy(self.covariance)

    def moving_r2(self, keep: int, *, signed: bool = True) -> float:
        """The share of the moving features' variance in the best ``keep`` dimensions.

        Alignment prefers the largest autocorrelation (``signed``); a predictor turns signs, so
        with one only the size counts, and features with a negative ``phi`` are not the last.
        """
        if keep < 0:
            raise ValueError(f"`keep` must be at least 0, got {keep}. Count the dimensions.")
        rank = self._speeds if signed else np.abs(self._speeds)
        before = np.count_nonzero(rank > (self.phi if signed else abs(self.phi)))
        return float(np.clip((keep - before) / self.moving, 0, 1))

    def draw(self, n: int, seed: int) -> Sequence:
        """``n`` independent trajectories, the same for the same seed."""
        rng = generator_of(n, seed)
        latents = rng.standard_normal((n, self.steps, len(self._speeds)))
        for t in range(1, self.steps):
            innovation = np.sqrt(1 - self._speeds**2) * latents[:, t]
            latents[:, t] = self._speeds * latents[:, t - 1] + innovation
        return Sequence(latents @ self.mixing, latents)

    @property
    def _speeds(self) -> NDArray[np.float64]:
        return np.repeat([1.0, self.phi, 0.0], [self.static, self.moving, self.fresh])
