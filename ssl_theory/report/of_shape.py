"""Whether items are spread as a Gaussian is, and coordinates repeat each other."""

from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.stats import beta

from ssl_theory.diagnostics.correlations import Correlations, off_diagonal_correlations
from ssl_theory.diagnostics.normality import (
    epps_pulley_statistics,
    random_directions,
    sliced_normality,
)
from ssl_theory.nulls.epps_pulley import epps_pulley_law
from ssl_theory.nulls.isotropic import p_value
from ssl_theory.report.value import Expectation, Measurement

__all__ = ["of_shape"]

SLICES = 32
DRAWS = 99  # samples of the null
ITEMS = 128  # in each of them; the law hardly depends on how many
FEWEST = 20  # items that the law of a statistic for many is used for

Rows = NDArray[np.float64]


def of_shape(rows: Rows) -> list[Measurement]:
    """What is left of the shape of the cloud once its size is known.

    Parameters
    ----------
    rows
        Items ``(n, d)`` in float64, some thousands at most.
    """
    found = [_normality(rows), _sigreg(rows), *_correlations(rows)]
    return [replace(m, group="Shape") for m in found]


def _normality(rows: Rows) -> Measurement:
    directions = random_directions(rows.shape[1], SLICES)
    size = np.abs(rows).max() or 1.0
    seen = rows / size @ directions
    apart = seen - seen.mean(0)
    # Below, the deviation of a projection is what rounding left of it.
    varied = bool((apart.std(0) > len(directions) * np.finfo(np.float64).eps).all())
    enough = len(rows) >= FEWEST
    value = (
        sliced_normality(rows / size, slices=SLICES, standardised=True)
        if enough and varied
        else None
    )
    return Measurement(
        "sliced normality",
        value,
        "",
        f"Epps and Pulley's statistic along {SLICES} random directions, seed 0, each projection "
        "brought to mean 0 and variance 1, averaged",
        "how far projections are from Gaussian ones of any mean and variance; blind to lost "
        "dimensions",
        _too_few(rows) if not enough else "" if varied else "Items coincide up to rounding",
        null=None
        if value is None
        else Expectation(
            "Gaussian items",
            float(epps_pulley_law(standardised=True).sum()),
            p_value(value, _null(np.cov(seen, rowvar=False), standardised=True), larger=True),
        ),
    )


def _sigreg(rows: Rows) -> Measurement:
    enough = len(rows) >= FEWEST
    value = sliced_normality(rows, slices=SLICES) if enough else None
    return Measurement(
        "SIGReg",
        value,
        "",
        f"Epps and Pulley's statistic along {SLICES} random directions, seed 0, of the items as "
        "they are, averaged",
        "how far projections are from Gaussian ones of mean 0 and variance 1, as LeJEPA trains "
        "them; grows with the number of items",
        "" if enough else _too_few(rows),
        null=None
        if value is None
        else Expectation(
            "standard Gaussian items",
            float(epps_pulley_law().sum()),
            p_value(value, _standard_null(rows.shape[1]), larger=True),
        ),
    )


@lru_cache(maxsize=8)
def _standard_null(dimensions: int) -> Rows:
    directions = random_directions(dimensions, SLICES)
    return _null(directions.T @ directions, standardised=False)


def _null(covariance: Rows, *, standardised: bool) -> Rows:
    """The mean statistic of Gaussian projections that depend on each other as these do."""
    generator = np.random.default_rng(0)
    variances, axes = np.linalg.eigh(covariance)
    root = axes * np.sqrt(variances.clip(min=0))
    found = []
    for _ in range(DRAWS):
        x = generator.standard_normal((ITEMS, SLICES)) @ root.T
        if standardised:
            x = (x - x.mean(0)) / x.std(0)
        found.append(epps_pulley_statistics(x).mean())
    return np.array(found)


def _correlations(rows: Rows) -> list[Measurement]:
    varying = np.ptp(rows, axis=0) > 8 * np.finfo(np.float64).eps * np.abs(rows).max(0)
    n, d, left_out = len(rows), int(varying.sum()), int((~varying).sum())
    found: Correlations | None = None
    if n < 4:
        note = f"{n} items are too few: 4 are needed"
    elif d < 2:
        note = f"{d} of {len(varying):,} coordinates varies: there is no pair of them"
    else:
        note = f"Without {left_out:,} coordinates that are constant" if left_out else ""
        apart = rows[:, varying] - rows[:, varying].mean(0)
        found = off_diagonal_correlations(apart / np.abs(apart).max(0))
    nothing = "independent Gaussian coordinates"
    mean = largest = None
    if found is not None:
        mean = Expectation(nothing, found.expected, found.mean_square_p_value)
        # The median, where as many pairs are beyond as leaves none at even odds.
        middle = beta(0.5, (n - 2) / 2).isf(np.log(2) / (d * (d - 1) / 2))
        largest = Expectation(nothing, float(np.sqrt(middle)), found.largest_p_value)
    return [
        Measurement(
            "mean squared correlation",
            None if found is None else found.mean_square,
            "of 1",
            "square of the correlation of two different coordinates, on average",
            "0 if coordinates tell different things, 1 if all tell the same; depends on the basis",
            note,
            null=mean,
        ),
        Measurement(
            "largest correlation",
            None if found is None else found.largest,
            "of 1",
            "of two different coordinates, in absolute value",
            "1 if one coordinate repeats another",
            note,
            null=largest,
        ),
    ]


def _too_few(rows: Rows) -> str:
    return f"{len(rows)} items are too few: {FEWEST} are needed"
