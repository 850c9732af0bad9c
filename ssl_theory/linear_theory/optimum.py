"""The best linear encoder of an objective, in closed form where there is one."""

import enum
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray

from ssl_theory.latent_distribution_matching import Objective
from ssl_theory.linear_theory.numerical import descend
from ssl_theory.linear_theory.pencil import Pencil, pencil
from ssl_theory.linear_theory.population import population_loss
from ssl_theory.linear_theory.rules import spectral_filter
from ssl_theory.linear_theory.spectral_filter import SpectralFilter
from ssl_theory.linear_theory.starts import proposals
from ssl_theory.moments import PairMoments

__all__ = ["Optimum", "Route", "optimum", "optimum_on_pairs"]

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]


class Route(enum.Enum):
    """How an optimum was found."""

    CLOSED_FORM = "closed form"
    NUMERICAL = "numerical, on the population loss"
    SAMPLE = "numerical, on the pairs given"


@dataclass(frozen=True, eq=False)
class Optimum:
    """A linear encoder ``z = W x`` and what its embedding will look like."""

    name: str
    encoder: Matrix  # W, (keep, p); up to a rotation on the left where the objective has it
    pencil: Pencil
    route: Route

    @property
    def gram(self) -> Matrix:
        """``W' W``, which no rotation of the embedding changes."""
        return self.encoder.T @ self.encoder

    @cached_property
    def spectrum(self) -> Vector:
        """The eigenvalues of the covariance of the embedding, largest first."""
        covariance = self.encoder @ self.pencil.covariance @ self.encoder.T
        return np.linalg.eigvalsh(covariance)[::-1].clip(min=0)

    @property
    def active(self) -> int:
        """How many dimensions of the embedding carry variance."""
        return int((self.spectrum > 1e-9 * max(self.spectrum[0], 1e-300)).sum())

    @property
    def condition_number(self) -> float:
        """Largest over smallest variance of the embedding; infinite if a dimension is lost."""
        lost = self.active < len(self.spectrum)
        return np.inf if lost else float(self.spectrum[0] / self.spectrum[-1])

    def effective_rank(self, *, of_deviations: bool = False) -> float:
        """The exponential of the entropy of the shares of variance, or of deviation.

        Of deviations, that is of singular values, it is the number RankMe and
        [roy2007effective] use; of variances it is the usual one for a covariance.
        """
        sizes = np.sqrt(self.spectrum) if of_deviations else self.spectrum
        if not sizes.any():
            return 0.0
        shares = sizes[sizes > 0] / sizes.sum()
        return float(np.exp(-(shares * np.log(shares)).sum()))

    @cached_property
    def kept(self) -> Pencil:
        """The pencil of the embedding itself: which autocorrelations survived."""
        gamma = self.encoder @ self.pencil.cross_covariance @ self.encoder.T
        sigma = self.encoder @ self.pencil.covariance @ self.encoder.T
        return pencil((sigma + sigma.T) / 2, (gamma + gamma.T) / 2)


def optimum(
    objective: Objective | SpectralFilter,
    covariance: ArrayLike,
    cross_covariance: ArrayLike | None = None,
    *,
    keep: int | None = None,
    starts: int = 4,
    seed: int = 0,
) -> Optimum:
    """The linear encoder into ``keep`` dimensions that an objective likes best.

    ``covariance`` and ``cross_covariance`` are ``S`` and ``G`` of the pair; a single vector is
    taken for canonical autocorrelations. Where no closed form is known the population loss is
    descended from ``starts`` random encoders, and ``route`` says so.

    >>> from ssl_theory.objectives import gaussian_infomax
    >>> best = optimum(gaussian_infomax(variance=0.1), [0.95, 0.5, 0.0], keep=2)
    >>> best.spectrum.round(12).tolist(), best.route.value
    ([2.0, 0.2], 'closed form')
    """
    pair = pencil(covariance, cross_covariance)
    available = len(pair.autocorrelations)
    keep = available if keep is None else keep
    if not 1 <= keep <= available:
        raise ValueError(
            f"`keep` must be between 1 and the rank {available} of the pair, got {keep}: further "
            "dimensions would be copies or empty. Keep fewer."
        )
    try:
        known = spectral_filter(objective)
    except LookupError:
        assert isinstance(objective, Objective)  # a filter is its own
        return _descended(objective, pair, keep, starts, seed)
    return Optimum(known.name, _filtered(known, pair, keep), pair, Route.CLOSED_FORM)


def optimum_on_pairs(
    objective: Objective, x: ArrayLike, y: ArrayLike, *, keep: int, starts: int = 1, seed: int = 0
) -> Optimum:
    """The linear encoder an objective likes best on these pairs, by descent on its own value.

    Any objective will do, on any space; the encoder is trained on all pairs at once.
    """
    views = [torch.from_numpy(np.array(v, dtype=np.float64)) for v in (x, y)]
    loss = lambda w: objective(*(v @ w.T for v in views)).total  # noqa: E731
    spread = float(np.sqrt(np.mean([v.var(0).sum() for v in views])))
    found = descend(
        loss, (keep, views[0].shape[1]), starts=starts, seed=seed, scale=1 / max(spread, 1e-300)
    )
    pair = pencil(*PairMoments.of(*(v.numpy() for v in views)).exchangeable())
    return Optimum(objective.name, found.encoder, pair, Route.SAMPLE)


def _filtered(known: SpectralFilter, pair: Pencil, keep: int) -> Matrix:
    if known.of_cross_covariance:
        values, axes = np.linalg.eigh(pair.cross_covariance)
    else:
        values, axes = pair.autocorrelations, pair.directions
    if not np.isfinite(known(values)).all():
        raise ValueError(
            f"`cross_covariance` must leave every autocorrelation below 1, got {values.max():.9g}: "
            "views that agree exactly can be stretched without limit. Add the noise of a view."
        )
    # Where directions are worth the same to rounding, as when all can be fitted, the slowest come.
    best = np.lexsort((-values, -known.worth(values).round(12)))[:keep]
    return np.sqrt(known(values[best]))[:, None] * axes[:, best].T


def _descended(objective: Objective, pair: Pencil, keep: int, starts: int, seed: int) -> Optimum:
    loss = population_loss(objective)
    # In canonical coordinates, where the covariance is I and the other one is diagonal.
    rho = torch.from_numpy(pair.autocorrelations.copy())
    found = descend(
        lambda w: loss(w @ w.T, (w * rho) @ w.T),
        (keep, len(rho)), starts=starts, seed=seed, scale=1 / np.sqrt(len(rho)),
        also=proposals(objective.uniformity, objective, pair.autocorrelations, keep),
    )  # fmt: skip
    return Optimum(objective.name, found.encoder @ pair.directions.T, pair, Route.NUMERICAL)
