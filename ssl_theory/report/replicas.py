"""Spectral statistics of all items, of all but a block of them, and of noise."""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from functools import cache, reduce
from operator import add

import numpy as np
from numpy.typing import NDArray

from ssl_theory.diagnostics.fourth_moments import FourthMoments
from ssl_theory.diagnostics.intervals import Interval, interval, leaving_one_out
from ssl_theory.diagnostics.participation import participation_ratio
from ssl_theory.diagnostics.rank import hill_number
from ssl_theory.nulls.isotropic import isotropic_variances, p_value
from ssl_theory.report.value import Expectation

__all__ = ["COVERED", "Noise", "intervals", "noise", "values"]

FEWEST = 8  # items of which blocks are left out
COVERED = {  # items for each dimension from which intervals were measured to cover,
    # by figures/interval_coverage.py. Of the strongest direction alone, and so of the stable rank,
    # they do not where tails are heavy.
    "effective rank": 16,
    "RankMe": 16,
    "RankMe, mean removed": 16,
    "participation ratio, unbiased": 4,
    "total variance": 0,
}
MEASURABLE = 1e60  # fourth powers of the sizes of embeddings leave float64 beyond this, squared


def _by_order(q: float, of_deviations: bool = False) -> Callable[[NDArray[np.float64]], float]:
    def number(variances: NDArray[np.float64]) -> float:
        sizes = np.sqrt(variances) if of_deviations else variances
        return hill_number(sizes / sizes.sum(), q)

    return number


OF_VARIANCES = {
    "effective rank": _by_order(1.0),
    "RankMe, mean removed": _by_order(1.0, of_deviations=True),
    "participation ratio": _by_order(2.0),
    "stable rank": _by_order(np.inf),
    "share of the strongest direction": lambda variances: float(variances[0] / variances.sum()),
}


def values(found: FourthMoments, floor: float) -> dict[str, float]:
    """Every statistic that is defined for these items; variances up to ``floor`` are rounding."""
    moments, said = found.moments, {}
    variances = moments.eigenvalues()
    if (varied := variances[variances > floor]).size:
        said = {name: statistic(varied) for name, statistic in OF_VARIANCES.items()}
    kept = moments.eigenvalues(centred=False)
    if (kept := kept[kept > floor]).size:
        said["RankMe"] = _by_order(1.0, of_deviations=True)(kept)
    total = moments.total_variance
    said["total variance"] = total
    if said and 1 / MEASURABLE < total < MEASURABLE and np.isfinite(found.fourth):
        with contextlib.suppress(ValueError):  # too few items to tell it from infinite
            said["participation ratio, unbiased"] = participation_ratio(found)
    return said


def intervals(parts: Sequence[FourthMoments], floor: float) -> dict[str, Interval]:
    """The jackknife of every statistic that is defined without any one of the blocks."""
    counts = [part.count for part in parts]
    if len(parts) < 2 or sum(counts) < FEWEST:
        return {}
    with np.errstate(over="ignore", invalid="ignore"):  # of fourth powers, if of anything
        whole = values(reduce(add, parts), floor)
        without = [values(rest, floor) for rest in leaving_one_out(parts)]
    found = {}
    for name, value in whole.items():
        others = [one.get(name, 0.0) for one in without]
        if value > 0 and all(other > 0 for other in others):
            found[name] = interval(value, others, counts)
    return found


class Noise:
    """Draws of the variances that isotropic Gaussian items show, in units of their mean."""

    def __init__(self, items: int, dimensions: int) -> None:
        degrees, fewer = items - 1, min(items - 1, dimensions)
        draws = int(np.clip(400 * (256 / fewer) ** 2, 19, 199))  # for half a second
        generator = np.random.default_rng(0)
        drawn = [isotropic_variances(degrees, dimensions, generator) for _ in range(draws)]
        self._variances = [variances / variances.sum() for variances in drawn]

    def band(self, total: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Between which 9 of 10 draws have every variance, in order, if they sum to ``total``."""
        low, high = np.quantile(self._variances, [0.05, 0.95], axis=0)
        return low * total, high * total

    def expected(self, found: Mapping[str, float]) -> dict[str, Expectation]:
        """What noise shows on average, and how often it is as uneven as what was ``found``."""
        said = {}
        for name, statistic in OF_VARIANCES.items():
            if name in found:
                drawn = np.sort([statistic(variances) for variances in self._variances])
                uneven = p_value(found[name], drawn, larger=name.startswith("share"))
                said[name] = Expectation("isotropic Gaussian items", float(drawn.mean()), uneven)
        return said


noise = cache(Noise)
"""Drawn once for each number of items and dimensions."""
