"""The best linear encoder of an objective, in closed form where there is one."""

import enum
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray

from ssl_theory.batch_spaces import Standardised
from ssl_theory.latent_distribution_matching import Matching, Objective
from ssl_theory.linear_theory.numerical import descend
from ssl_theory.linear_theory.pencil import Pencil, pencil
from ssl_theory.linear_theory.population import population_value
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
    DRAWN = "numerical, on pairs drawn"


@dataclass(frozen=True, eq=False)
class Optimum:
    """A linear encoder ``z = W x`` and what its embedding will look like."""

    name: str
    encoder: Matrix  # W, (keep, p); up to a rotation on the left where the objective has it
    pencil: Pencil
    route: Route
    filter: SpectralFilter | None = None  # if there is one in closed form

    @property
    def gram(self) -> Matrix:
        """``W' W``, which no rotation of the embedding changes."""
        return self.encoder.T @ self.encoder

    @property
    def strengths(self) -> Vector:
        """The variance ``s`` that each canonical direction is given, zero where it is not used."""
        seen = self.encoder @ self.pencil.covariance @ self.pencil.directions
        return np.square(seen).sum(0)

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

    def __str__(self) -> str:
        """The filter, what it gives each canonical direction, and what the embedding will be."""
        kept = self.kept if self.active else None
        shared = kept.mutual_information if kept else 0.0
        facts = {
            "spectrum": ", ".join(f"{x:.4g}" for x in _cleared(self.spectrum)),
            "carry variance": f"{self.active} of {len(self.spectrum)} dimensions",
            "condition number": f"{self.condition_number:.4g}",
            "effective rank": f"{self.effective_rank():.4g} of variances, "
            f"{self.effective_rank(of_deviations=True):.4g} of deviations",
            "information": f"{shared:.4g} of {self.pencil.mutual_information:.4g} nats kept",
        }
        strengths = _cleared(self.strengths)
        largest = max(strengths.max(), 1e-300)
        rows = zip(self.pencil.autocorrelations, strengths, strict=True)
        lines = [
            f"{self.name}: {self.route.value}",
            *(self.filter.lines() if self.filter else ()),
            f"  {'rho':>8}{'s':>10}",
            *(f"  {r:8.4g}{s:10.4g}  {_bar(s / largest)}" for r, s in rows),
            *(f"  {name:<18}{value}" for name, value in facts.items()),
        ]
        return "\n".join(lines)


def _cleared(sizes: Vector) -> Vector:
    return np.where(sizes > 1e-9 * sizes.max(), sizes, 0.0)  # what a descent leaves of a zero


def _bar(share: float) -> str:
    return ("█" * round(24 * share) or "▏") if share else "lost"


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
    encoder = _filtered(known, pair, keep)
    return Optimum(objective.name, encoder, pair, Route.CLOSED_FORM, known)


def optimum_on_pairs(
    objective: Objective, x: ArrayLike, y: ArrayLike, *, keep: int, starts: int = 1, seed: int = 0
) -> Optimum:
    """The linear encoder an objective likes best on these pairs, by descent on its own value.

    Any objective will do, on any space; the encoder is trained on all pairs at once.
    """
    if objective.matching is Matching.STOP_GRADIENT:
        raise ValueError(
            f"`{objective.name}` must have a loss to descend, got a stop-gradient: it follows a "
            "field whose halves cancel. Integrate the field instead."
        )
    if objective.dimensions and keep not in objective.dimensions:
        raise ValueError(
            f"`keep` must be one of the widths {objective.dimensions} that `{objective.name}` is "
            f"defined for, got {keep}. Make the objective for another width."
        )
    views = [torch.from_numpy(np.array(v, dtype=np.float64)) for v in (x, y)]
    loss = lambda w: objective(*(v @ w.T for v in views)).total  # noqa: E731
    spread = max(float(np.sqrt(np.mean([v.var(0).sum() for v in views]))), 1e-300)
    # To what a sample can tell: some objectives have kinks, at which a descent crawls.
    shape = keep, views[0].shape[1]
    found = descend(loss, shape, starts=starts, seed=seed, scale=1 / spread, precision=1e-7)
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
    value = population_value(objective)
    # In canonical coordinates, where the covariance is I and the other one is diagonal.
    rho = torch.from_numpy(pair.autocorrelations.copy())
    found = descend(
        lambda w: value(w @ w.T, (w * rho) @ w.T).total,
        (keep, len(rho)), starts=starts, seed=seed, scale=1 / np.sqrt(len(rho)),
        also=proposals(objective.uniformity, objective, pair.autocorrelations, keep),
    )  # fmt: skip
    encoder = found.encoder
    if isinstance(objective.model.space, Standardised):  # length does not matter to it
        encoder = encoder / np.linalg.norm(encoder, axis=1, keepdims=True)
    return Optimum(objective.name, encoder @ pair.directions.T, pair, Route.NUMERICAL)
