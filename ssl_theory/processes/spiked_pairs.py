"""A few shared signals, and noise that is each view's own."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes.equivalence import Equivalence
from ssl_theory.processes.gaussian_truth import (
    canonical_correlations,
    gaussian_density_ratio,
    gaussian_entropy,
    gaussian_information,
)
from ssl_theory.processes.mixings.orthogonal import random_rotation
from ssl_theory.processes.pairs import Pairs, generator_of
from ssl_theory.processes.parameters import positive

__all__ = ["SpikedPairs"]


@dataclass(frozen=True)
class SpikedPairs:
    r""":math:`x = U\sqrt{\ell}\,z + e` and :math:`y = U\sqrt{\ell}\,z + e'`: the views share the
    ``k`` unit normal latents ``z`` and have noise of their own, of variance ``noise`` in each of
    ``d`` coordinates. ``U`` has orthonormal columns drawn from ``world_seed``.

    Where the noise is the same in all coordinates the canonical autocorrelations are
    :math:`\ell/(\ell+\sigma^2)`, and principal components find the signals; where it is not, they
    find the loudest coordinates, and only the canonical directions :math:`N^{-1}U` find them.

    >>> SpikedPairs(signal=(4.0, 1.0), noise=(1.0,) * 5).canonical_autocorrelations.round(12)
    array([0.8, 0.5])
    """

    signal: tuple[float, ...] = (4.0, 2.0, 1.0)
    noise: tuple[float, ...] = (1.0, 0.5, 2.0, 1.0, 3.0, 0.5)
    world_seed: int = 0

    def __post_init__(self) -> None:
        positive("signal", *self.signal)
        positive("noise", *self.noise)
        if len(self.signal) > len(self.noise):
            raise ValueError(
                f"`signal` must hold at most {len(self.noise)} variances, one for each coordinate "
                f"that has noise, got {len(self.signal)}. Give `noise` more coordinates."
            )

    @property
    def directions(self) -> NDArray[np.float64]:
        """The columns of ``U``, ``(d, k)``."""
        rotation = random_rotation(len(self.noise), np.random.default_rng(self.world_seed))
        return rotation[:, : len(self.signal)]

    @property
    def canonical_directions(self) -> NDArray[np.float64]:
        """What spans all that a linear encoder can know of the other view, ``(d, k)``."""
        return self.directions / np.array(self.noise)[:, None]

    @property
    def cross_covariance(self) -> NDArray[np.float64]:
        """The covariance of what is shared."""
        return self.directions * self.signal @ self.directions.T

    @property
    def covariance(self) -> NDArray[np.float64]:
        """Within a view."""
        return self.cross_covariance + np.diag(self.noise)

    @property
    def canonical_autocorrelations(self) -> NDArray[np.float64]:
        """One for each signal, largest first."""
        every = canonical_correlations(self.covariance, self.cross_covariance, self.covariance)
        return every[: len(self.signal)]

    @property
    def mutual_information(self) -> float:
        """Between the views, in nats."""
        return gaussian_information(self.canonical_autocorrelations)

    @property
    def entropy(self) -> float:
        """Of one view, in nats."""
        return gaussian_entropy(self.covariance)

    @property
    def bayes_r2(self) -> NDArray[np.float64]:
        """How much of each latent one view tells: one less the posterior variance."""
        loading = self.directions * np.sqrt(self.signal)
        precision = np.eye(len(self.signal)) + loading.T @ (loading / np.array(self.noise)[:, None])
        return 1 - np.diag(np.linalg.inv(precision))

    @property
    def equivalence_class(self) -> Equivalence:
        """The signals' subspace is known; what is perpendicular to it is noise."""
        return Equivalence.SUBSPACE

    def density_ratio(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        """``log p(x, y) / p(x) p(y)``, row by row."""
        return gaussian_density_ratio(x, y, self.covariance, self.cross_covariance, self.covariance)

    def draw(self, n: int, seed: int) -> Pairs:
        """``n`` independent pairs, the same for the same seed."""
        generator = generator_of(n, seed)
        latents = generator.standard_normal((n, len(self.signal)))
        noise = generator.standard_normal((2, n, len(self.noise))) * np.sqrt(self.noise)
        shared = latents * np.sqrt(self.signal) @ self.directions.T
        return Pairs(shared + noise[0], shared + noise[1], latents, latents)
