"""What a measure of identification assumes, and how that is looked at on the items given."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from ssl_theory.identifiability.canonical_pairs import whitening
from ssl_theory.identifiability.columns import correlations, ranked
from ssl_theory.identifiability.least_squares import in_sample_r_squared
from ssl_theory.identifiability.matching import best_matching, matched
from ssl_theory.identifiability.score import Finding

__all__ = [
    "AFFINE",
    "ALL_DIRECTIONS",
    "AS_MANY_DIRECTIONS",
    "EQUAL_DIMENSIONS",
    "INDEPENDENT_LATENTS",
    "LINEAR_PAIRS",
    "ORDERED_IN_TIME",
    "Condition",
    "all_directions",
    "at_most_values",
    "balanced",
    "items_per_cell",
    "items_per_dimension",
    "single_direction_score",
]

Matrix = NDArray[np.float64]
Examination = tuple[bool, str]

NEGLIGIBLE = 0.1  # a correlation of ranks below this is no dependence worth a warning
SIGNIFICANT = 1e-3  # of the largest of all pairs, had none been dependent


@dataclass(frozen=True)
class Condition:
    """A name, and a look at latents ``z`` and representation ``h``: does it hold, in a sentence.

    >>> EQUAL_DIMENSIONS.check(np.eye(3), np.eye(3)[:, :2]).holds
    False
    """

    name: str
    examine: Callable[[Matrix, Matrix], Examination]

    def check(self, z: Matrix, h: Matrix) -> Finding:
        """What is found on these items."""
        return Finding(self.name, *self.examine(z, h))

    def __str__(self) -> str:
        return self.name


def single_direction_score(z: Matrix) -> float:
    r"""The most that a representation of one direction can have as its mean correlation.

    With :math:`\lambda_1` the largest eigenvalue of the correlations of ``d`` latents, any code
    ``h`` of one direction has

    .. math:: \frac1d\sum_j |\mathrm{corr}(z_j, h)| \le \sqrt{\lambda_1 / d},

    attained where its correlations are equal: :math:`1/\sqrt d` of uncorrelated latents, nearly 1
    of strongly correlated ones.

    >>> round(single_direction_score(np.array([[1.0, 1], [1, -1], [-1, 1], [-1, -1]])) ** 2, 12)
    0.5
    """
    largest = np.linalg.eigvalsh(correlations(z, z))[-1]
    return float(np.sqrt(min(1.0, largest / z.shape[1])))


def _independent(z: Matrix, h: Matrix) -> Examination:
    # Ranks see monotone dependence, their distance from the middle sees that of sizes.
    n, d = z.shape
    if d == 1:
        return True, "a single latent depends on no other."
    ranks = ranked(z) - (n + 1) / 2
    features = np.concatenate([ranks, np.abs(ranks)], 1)
    across = np.abs(correlations(features, features))
    across[np.tile(np.eye(d, dtype=bool), (2, 2))] = 0
    largest, pairs = across.max(), 2 * d * (d - 1)
    limit = max(NEGLIGIBLE, -ndtri(SIGNIFICANT / 2 / pairs) / np.sqrt(n - 1))
    if largest <= limit:
        return True, f"no dependence of latents was found (largest rank correlation {largest:.2f})."
    return False, (
        f"the latents are dependent (a correlation of {largest:.2f} of ranks or of their distances "
        "from the middle): a representation of a single direction can have a mean correlation of "
        f"{single_direction_score(z):.3f} with them, where with uncorrelated ones it has at most "
        f"{d**-0.5:.3f}."
    )


def _equal_dimensions(z: Matrix, h: Matrix) -> Examination:
    d, dimensions = z.shape[1], h.shape[1]
    return d == dimensions, f"there are {d} latents and {dimensions} dimensions of representation."


def _as_many_directions(z: Matrix, h: Matrix) -> Examination:
    found = whitening(h).matrix.shape[1]
    return found >= z.shape[1], (
        f"there are {z.shape[1]} latents and {found} directions in which the representation varies."
    )


def _affine(z: Matrix, h: Matrix) -> Examination:
    share = float(in_sample_r_squared(h, z).mean())
    return share >= 0.95, (
        f"of the variance of the latents, {share:.3f} is linear in the representation: a fitted "
        "linear map tells of that part alone."
    )


def _linear_pairs(z: Matrix, h: Matrix) -> Examination:
    linear, monotone = (np.abs(correlations(z, h, ranks=ranks)) for ranks in (False, True))
    means = [matched(x, best_matching(x)).mean() for x in (linear, monotone)]
    return means[1] - means[0] <= 0.05, (
        f"the mean correlation of ranks is {means[1]:.3f} and of values {means[0]:.3f}: where the "
        "first is larger, pairs are monotone and not linear, and ranks=True is meant."
    )


def _ordered_in_time(z: Matrix, h: Matrix) -> Examination:
    share = float(in_sample_r_squared(z[:-1], z[1:]).max())
    limit = (z.shape[1] + 5 * np.sqrt(2 * z.shape[1])) / (len(z) - 1)
    return share > limit, (
        f"of the variance of a latent, at most {share:.3f} is foretold by the item before: rows "
        "must be in the order of time."
    )


INDEPENDENT_LATENTS = Condition("independent latents", _independent)
EQUAL_DIMENSIONS = Condition("as many dimensions as latents", _equal_dimensions)
AS_MANY_DIRECTIONS = Condition("at least as many directions as latents", _as_many_directions)
AFFINE = Condition("latents that are affine in the representation", _affine)
LINEAR_PAIRS = Condition("pairs that are related linearly", _linear_pairs)
ORDERED_IN_TIME = Condition("items in the order of time", _ordered_in_time)


def all_directions(columns: tuple[int, ...] | None = None) -> Condition:
    """No more explained of the latents (or those in columns) than of their decorrelated directions.

    Where latents depend on each other, a representation of what they share explains much of each
    of them and nothing of how they differ.
    """

    def examine(z: Matrix, h: Matrix) -> Examination:
        z = z if columns is None else z[:, list(columns)]
        latents = float(in_sample_r_squared(h, z).mean())
        directions = float(in_sample_r_squared(h, whitening(z)(z)).mean())
        return latents - directions <= 0.1, (
            f"of the variance of the latents, {latents:.3f} is linear in the representation, of "
            f"their decorrelated directions {directions:.3f}: where the first is larger, what "
            "latents share is counted again for each of them."
        )

    return Condition("latents explained in all their directions", examine)


ALL_DIRECTIONS = all_directions()


def items_per_dimension(fewest: float) -> Condition:
    """So many items for every latent and every dimension of the representation."""

    def examine(z: Matrix, h: Matrix) -> Examination:
        each = len(z) / max(z.shape[1], h.shape[1])
        return each >= fewest, f"there are {each:.3g} items a dimension ({fewest:g} are wanted)."

    return Condition(f"at least {fewest:g} items a dimension", examine)


def items_per_cell(bins: int, fewest: float) -> Condition:
    """So many items for every cell of the tables that mutual information is counted in."""

    def examine(z: Matrix, h: Matrix) -> Examination:
        values = max(len(np.unique(column)) for column in z.T)
        each = len(z) / (bins * min(bins, values))
        return each >= fewest, f"there are {each:.3g} items a cell ({fewest:g} are wanted)."

    return Condition(f"at least {fewest:g} items a cell", examine)


def at_most_values(most: int) -> Condition:
    """Latents that are discrete, with at most so many values each."""

    def examine(z: Matrix, h: Matrix) -> Examination:
        values = max(len(np.unique(column)) for column in z.T)
        return values <= most, (
            f"a latent has {values} values: more than {most} are put in bins, and the value then "
            "depends on how many bins there are."
        )

    return Condition(f"latents of at most {most} values", examine)


def balanced(most: int, least: float = 0.05) -> Condition:
    """No value of a discrete latent rarer than a share ``least``."""

    def examine(z: Matrix, h: Matrix) -> Examination:
        counts = (np.unique(column, return_counts=True)[1] for column in z.T)
        rarest = min((c.min() / len(z) for c in counts if len(c) <= most), default=1.0)
        return (
            rarest >= least,
            f"the rarest value of a discrete latent has a share of {rarest:.3f}.",
        )

    return Condition(f"values with a share of at least {least:g}", examine)
