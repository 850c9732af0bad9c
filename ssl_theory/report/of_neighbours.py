"""What the nearest others of an item tell: intrinsic dimensions, and entropy."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma

from ssl_theory.diagnostics.fourth_moments import FourthMoments
from ssl_theory.diagnostics.local_dimension import intrinsic_dimension
from ssl_theory.diagnostics.neighbour_entropy import neighbour_entropy
from ssl_theory.diagnostics.participation import participation_ratio
from ssl_theory.diagnostics.spectrum import spectrum
from ssl_theory.diagnostics.tree_dimension import tree_dimension
from ssl_theory.diagnostics.two_nn import two_nn
from ssl_theory.embeddings import drawn_rows
from ssl_theory.moments import Moments
from ssl_theory.report.of_number import number, unit_of
from ssl_theory.report.value import Expectation, Measurement

__all__ = ["of_neighbours"]

NUMBERS = 3 * 2**18  # of the items whose neighbours are searched
ITEMS = 512, 1024  # of them, at least and at most
TREE = 512  # items that a tree is drawn through
NEAREST = 20  # neighbours that the likelihood takes, and 3 that the entropy takes
GROUP = "Neighbours"
GAUSSIAN = "Gaussian items of the same covariance"

Rows = NDArray[np.float64]


def of_neighbours(rows: Rows) -> list[Measurement]:
    """What distances to neighbours tell, beside what Gaussian items of equal covariance show.

    Equal items have no distance and are taken once. Pass items that vary by more than rounding:
    rounding has dimensions of its own.

    Parameters
    ----------
    rows
        Items ``(n, d)`` in float64, some thousands at most.
    """
    d = rows.shape[1]
    # So that distances neither vanish nor lose a bit.
    size = unit_of(rows)
    scaled = rows / size
    moments = FourthMoments.of(scaled)
    chosen = np.unique(drawn_rows(scaled, int(np.clip(NUMBERS // d, *ITEMS)), seed=0), axis=0)
    null = _gaussian_like(scaled, moments, len(chosen)) if len(chosen) > NEAREST else None

    def measured(
        name: str, statistic: Callable[[Rows], float], fewest: int, words: tuple[str, str, str]
    ) -> Measurement:
        enough = len(chosen) >= fewest
        value = number(lambda: statistic(chosen)) if enough else None
        expected = None if value is None or null is None else number(lambda: statistic(null))
        on = f"On {min(len(chosen), TREE if statistic is _tree else len(chosen)):,} distinct items"
        too_few = f"{len(chosen):,} distinct items are too few"
        alike = "Distances are too alike to tell, or too small for float64"
        return Measurement(
            name,
            value,
            *words,
            too_few if not enough else alike if value is None else on,
            null=None if expected is None else Expectation(GAUSSIAN, expected),
            group=GROUP,
        )

    return [
        measured(
            "Two-NN dimension",
            two_nn,
            10,
            (
                "dimensions",
                "line through the tail of the ratio of the distances of the two nearest others, "
                "the largest tenth of the ratios left out",
                "dimensions of the surface that items lie on; far below the null, it is curved or "
                "in pieces. Too low beyond some ten dimensions",
            ),
        ),
        measured(
            "likelihood dimension",
            lambda x: intrinsic_dimension(x, neighbours=NEAREST),
            NEAREST + 1,
            (
                "dimensions",
                f"maximum likelihood from {NEAREST} neighbours of each item, inverses averaged",
                "as the Two-NN dimension, at a larger scale and with less noise",
            ),
        ),
        measured(
            "tree dimension",
            _tree,
            16,
            (
                "dimensions",
                "how the length of the shortest tree through items grows with their number",
                "as the Two-NN dimension, of the whole cloud",
            ),
        ),
        measured(
            "neighbour entropy",
            lambda x: neighbour_entropy(x) + d * float(np.log(size)),
            4,
            (
                "nats",
                "Kozachenko and Leonenko's estimate from the third nearest of other items",
                "falls without bound as dimensions are lost; too high beyond a dozen dimensions, "
                "so compare it with the null",
            ),
        ),
        _gaussian_entropy(moments.moments, size),
    ]


def _tree(rows: Rows) -> float:
    return tree_dimension(drawn_rows(rows, TREE, seed=0), repeats=2)


def _gaussian_like(rows: Rows, moments: FourthMoments, count: int) -> Rows | None:
    """Gaussian items whose covariance has the trace, and the trace of its square, of the law's.

    The sample's own is too uneven by what chance adds; a share of it is replaced by an isotropic
    one, so that the participation ratio is the one estimated without bias.
    """
    n, d = rows.shape
    try:
        uneven = d / participation_ratio(moments, correction="none") - 1
    except ValueError:  # all items coincide
        return None
    try:
        truly = d / participation_ratio(moments) - 1
    except ValueError:  # too few to tell how uneven
        truly = 0.0
    kept = np.sqrt(np.clip(truly / uneven, 0, 1)) if uneven > 0 else 1.0
    generator = np.random.default_rng(0)
    like = generator.standard_normal((count, n)) @ (rows - rows.mean(0))
    isotropic = generator.standard_normal((count, d)) * np.sqrt(moments.moments.total_variance / d)
    return like * np.sqrt(kept / (n - 1)) + isotropic * np.sqrt(1 - kept)


def _gaussian_entropy(moments: Moments, size: float) -> Measurement:
    n, d = moments.count, moments.dimension
    found = spectrum(moments)
    full = found.resolved_rank == d
    value = None
    if full:
        logs = np.log(found.eigenvalues).sum() + 2 * d * np.log(size)
        # The mean logarithm of the determinant of Wishart's law, for one without bias.
        bias = digamma((n - np.arange(1, d + 1)) / 2).sum() + d * np.log(2 / (n - 1))
        value = float((logs - bias + d * np.log(2 * np.pi * np.e)) / 2)
    return Measurement(
        "Gaussian entropy",
        value,
        "nats",
        "log det(2 pi e S) / 2, less its bias for Gaussian items",
        "the most that items of this covariance can have; what they lack of it is their shape",
        "" if full else f"Items vary in {found.resolved_rank:,} of {d:,} dimensions only",
        group=GROUP,
    )
