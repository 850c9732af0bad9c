"""Two Gaussian views with a given spectrum and given canonical autocorrelations."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.gaussian_truth import gaussian_density_ratio
from ssl_theory.processes.mixings.orthogonal import random_rotation
from ssl_theory.processes.pairs import Pairs, generator_of

__all__ = ["GaussianPairs"]


@dataclass(frozen=True)
class GaussianPairs:
    r"""Exchangeable views with covariances :math:`Q\,\mathrm{diag}(\ell)\,Q^\top` and, across
    them, :math:`Q\,\mathrm{diag}(\ell\rho)\,Q^\top`.

    The whole linear theory lives here: an encoder can know nothing of a view but its
    ``spectrum`` :math:`\ell` and nothing of the pair but its ``correlations`` :math:`\rho`.
    ``mixing_seed`` draws the rotation :math:`Q`; without one the axes stay as they are. The
    latents are the canonical variables, of variance one.

    >>> pairs = GaussianPairs(spectrum=(4.0, 1.0), correlations=(0.6, 0.0))
    >>> bool(np.isclose(pairs.mutual_information, np.log(1 / 0.8)))
    True
    """

    spectrum: tuple[float, ...] = (4.0, 1.0, 0.25)
    correlations: tuple[float, ...] = (0.9, 0.5, 0.1)
    mixing_seed: int | None = None

    def __post_init__(self) -> None:
        if not self.spectrum or min(self.spectrum) <= 0:
            raise ValueError(
                f"`spectrum` must hold positive variances, got {self.spectrum}. Leave out the "
                "directions that do not vary."
            )
        if len(self.correlations) != len(self.spectrum):
            raise ValueError(
                f"`correlations` must hold one number for each of {len(self.spectrum)} variances, "
                f"got {len(self.correlations)}. Repeat a value to share it."
            )
        if max(map(abs, self.correlations)) >= 1:
            raise ValueError(
                f"`correlations` must lie strictly between -1 and 1, got {self.correlations}: "
                "views that determine each other share infinite information. Use 0.999."
            )

    @property
    def mixing(self) -> NDArray[np.float64]:
        """The rotation ``Q`` from the principal axes to the coordinates."""
        d = len(self.spectrum)
        if self.mixing_seed is None:
            return np.eye(d)
        return random_rotation(d, np.random.default_rng(self.mixing_seed))

    @property
    def covariance(self) -> NDArray[np.float64]:
        """Within a view."""
        return self.mixing * self.spectrum @ self.mixing.T

    @property
    def cross_covariance(self) -> NDArray[np.float64]:
        """Across the views."""
        shared = np.multiply(self.spectrum, self.correlations)
        return self.mixing * shared @ self.mixing.T

    @property
    def canonical_autocorrelations(self) -> NDArray[np.float64]:
        """The correlations of the pencil, largest first."""
        return np.sort(self.correlations)[::-1]

    @property
    def mutual_information(self) -> float:
        """What one view says about the other, in nats."""
        return float(-np.log1p(-np.square(self.correlations)).sum() / 2)

    @property
    def entropy(self) -> float:
        """The differential entropy of one view, in nats."""
        return float(np.log(2 * np.pi * np.e * np.array(self.spectrum)).sum() / 2)

    @property
    def equivalence_class(self) -> Equivalence:
        """Canonical variables of distinct correlations are known to their signs."""
        distinct = len(set(self.correlations)) == len(self.correlations)
        return Equivalence.PERMUTATION_SIGN if distinct else Equivalence.ORTHOGONAL

    def density_ratio(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        """``log p(x, y) / p(x) p(y)``, row by row."""
        return gaussian_density_ratio(x, y, self.covariance, self.cross_covariance, self.covariance)

    def draw(self, n: int, seed: int) -> Pairs:
        """``n`` independent pairs, the same for the same seed."""
        d, rho = len(self.spectrum), np.array(self.correlations)
        first, fresh = generator_of(n, seed).standard_normal((2, n, d))
        second = rho * first + np.sqrt(1 - rho**2) * fresh
        rotated = np.sqrt(self.spectrum)[:, None] * self.mixing.T
        return Pairs(first @ rotated, second @ rotated, first, second)
