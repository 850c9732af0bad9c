"""A picture of a Gaussian random field, of which some sites are hidden."""

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
from ssl_theory.processes.pairs import Pairs, generator_of
from ssl_theory.processes.parameters import at_least, between

__all__ = ["GaussianField"]


@dataclass(frozen=True)
class GaussianField:
    r"""Visible sites and hidden ones of a stationary field on a torus.

    .. math::
        S(k) \propto (1 + |k|)^{-a}, \qquad x = f_{\mathrm{visible}}, \quad
        y = f_{\mathrm{hidden}}

    over the integer wave vectors ``k`` of a lattice of this ``shape`` (one or two axes, the last
    fastest), scaled to variance one; ``exponent`` is :math:`a`, and ``hidden`` numbers the sites
    that are masked. The best prediction of what is hidden is kriging, :math:`W = \Sigma_{mu}
    \Sigma_{uu}^{-1}`, and its error :math:`\Sigma_{mm} - W \Sigma_{um}` is what a masked linear
    prediction learns to leave. [matheron1963geostatistics, he2022mae]

    Nothing helps where the field is white:

    >>> GaussianField((4,), exponent=0.0, hidden=(0, 1)).kriging_error.round(12).tolist()
    [1.0, 1.0]
    """

    shape: tuple[int, ...] = (16,)
    exponent: float = 2.0
    hidden: tuple[int, ...] = (6, 7, 8, 9)

    def __post_init__(self) -> None:
        if len(self.shape) not in (1, 2) or min(self.shape) < 2:
            raise ValueError(
                f"`shape` must hold one or two lengths of at least 2, got {self.shape}. "
                "Use (16,) or (8, 8)."
            )
        at_least("exponent", 0, self.exponent)
        between("hidden", 0, self.sites - 1, self.hidden)
        if not 0 < len(set(self.hidden)) == len(self.hidden) < self.sites:
            raise ValueError(
                f"`hidden` must number some of {self.sites} sites, each once and not all, got "
                f"{self.hidden}."
            )

    @classmethod
    def block(cls, shape: tuple[int, ...], exponent: float, length: int) -> "GaussianField":
        """One hidden block of ``length`` sites along every axis; on a torus, no matter where."""
        sites = np.arange(np.prod(shape)).reshape(shape)
        hidden = sites[(slice(length),) * len(shape)].ravel()
        return cls(shape, exponent, tuple(map(int, hidden)))

    @classmethod
    def scattered(
        cls, shape: tuple[int, ...], exponent: float, count: int, seed: int
    ) -> "GaussianField":
        """Hidden sites anywhere, as many as ``count``."""
        chosen = np.random.default_rng(seed).choice(np.prod(shape), size=count, replace=False)
        return cls(shape, exponent, tuple(map(int, np.sort(chosen))))

    @property
    def equivalence_class(self) -> Equivalence:
        """What both parts of the field share, up to a linear map of it."""
        return Equivalence.SUBSPACE

    @property
    def sites(self) -> int:
        """How many there are."""
        return int(np.prod(self.shape))

    @property
    def visible(self) -> NDArray[np.int64]:
        """The sites that are not hidden, in order."""
        return np.setdiff1d(np.arange(self.sites), self.hidden)

    @property
    def spectrum(self) -> NDArray[np.float64]:
        """The variance of each wave, ``shape``; their mean is one."""
        axes = [np.fft.fftfreq(n, 1 / n) for n in self.shape]
        length = np.sqrt(np.sum(np.square(np.meshgrid(*axes, indexing="ij")), axis=0))
        power = (1 + length) ** -float(self.exponent)
        return np.asarray(power / power.mean(), np.float64)

    @property
    def field_covariance(self) -> NDArray[np.float64]:
        """Between all sites."""
        from_origin = np.fft.ifftn(self.spectrum).real
        places = np.stack(np.unravel_index(np.arange(self.sites), self.shape))
        apart = (places[:, None] - places[:, :, None]) % np.array(self.shape)[:, None, None]
        return np.asarray(from_origin[tuple(apart)], np.float64)

    @property
    def covariance(self) -> NDArray[np.float64]:
        """Of what is visible."""
        return self.field_covariance[np.ix_(self.visible, self.visible)]

    @property
    def partner_covariance(self) -> NDArray[np.float64]:
        """Of what is hidden."""
        return self.field_covariance[np.ix_(np.array(self.hidden), np.array(self.hidden))]

    @property
    def cross_covariance(self) -> NDArray[np.float64]:
        """Between what is visible (rows) and what is hidden (columns)."""
        return self.field_covariance[np.ix_(self.visible, np.array(self.hidden))]

    @property
    def canonical_autocorrelations(self) -> NDArray[np.float64]:
        """Between the two parts, largest first."""
        return canonical_correlations(
            self.covariance, self.cross_covariance, self.partner_covariance
        )

    @property
    def mutual_information(self) -> float:
        """What the visible part says about the hidden one, in nats."""
        return gaussian_information(self.canonical_autocorrelations)

    @property
    def entropy(self) -> float:
        """The differential entropy of the visible part, in nats."""
        return gaussian_entropy(self.covariance)

    @property
    def kriging(self) -> NDArray[np.float64]:
        """The best prediction: a row of weights of the visible sites for each hidden one."""
        return np.asarray(np.linalg.solve(self.covariance, self.cross_covariance).T, np.float64)

    @property
    def kriging_error(self) -> NDArray[np.float64]:
        """The mean squared error that is left at each hidden site."""
        explained = np.einsum("mu,um->m", self.kriging, self.cross_covariance)
        return np.diag(self.partner_covariance) - explained

    @property
    def bayes_r2(self) -> float:
        """The share of the hidden variance that the best prediction explains."""
        return float(1 - self.kriging_error.mean())

    def density_ratio(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        """``log p(x, y) / p(x) p(y)``, row by row."""
        return gaussian_density_ratio(
            x, y, self.covariance, self.cross_covariance, self.partner_covariance
        )

    def draw(self, n: int, seed: int) -> Pairs:
        """``n`` independent fields, whole in the latents of both parts."""
        white = generator_of(n, seed).standard_normal((n, *self.shape))
        axes = tuple(range(1, white.ndim))
        waves = np.fft.fftn(white, axes=axes) * np.sqrt(self.spectrum)
        field = np.fft.ifftn(waves, axes=axes).real.reshape(n, -1)
        return Pairs(field[:, self.visible], field[:, list(self.hidden)], field, field)
