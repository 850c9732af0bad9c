"""How many directions vary, how evenly, and what noise would show instead."""

import dataclasses
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from ssl_theory.diagnostics.conditioning import condition_number
from ssl_theory.diagnostics.decay import power_law
from ssl_theory.diagnostics.explained_variance import directions_for
from ssl_theory.diagnostics.rank import isotropic_rank
from ssl_theory.diagnostics.significant import directions_worth_keeping, significant_directions
from ssl_theory.diagnostics.spectrum import Spectrum
from ssl_theory.diagnostics.sphericity import isotropic_gap, johns_test, sphericity_gap
from ssl_theory.nulls.largest_share import largest_share_p_value
from ssl_theory.report.replicas import COVERED, noise, values
from ssl_theory.report.value import Expectation, Measurement
from ssl_theory.report.view import View

__all__ = ["of_spectrum"]

T = TypeVar("T")
GROUP = "Spectrum"
ISOTROPIC = "isotropic Gaussian items"
NO_RANK = "All items coincide up to rounding, and rounding has no rank"


@dataclass(frozen=True)
class _Words:
    """What a statistic is called, and by which convention it is found."""

    name: str
    unit: str
    convention: str
    meaning: str


RANKS = [
    _Words(
        "effective rank",
        "directions",
        "exponential of the entropy of the shares of variance, mean removed",
        "how many equally strong directions would spread the variance as evenly",
    ),
    _Words(
        "RankMe",
        "directions",
        "exponential of the entropy of the shares of singular values, mean kept, no epsilon",
        "weak directions weigh more than in the effective rank; the mean counts as a direction",
    ),
    _Words(
        "RankMe, mean removed",
        "directions",
        "exponential of the entropy of the shares of singular values, mean removed, no epsilon",
        "differs from RankMe where the mean is a direction like no other",
    ),
    _Words(
        "participation ratio",
        "directions",
        "squared sum of the variances / sum of their squares, mean removed",
        "weak directions weigh less than in the effective rank; falls short where items are few",
    ),
    _Words(
        "participation ratio, unbiased",
        "directions",
        "the same of the population: numerator and denominator are U-statistics, for any law",
        "comparable between different numbers of items",
    ),
    _Words(
        "stable rank",
        "directions",
        "total variance / variance along the strongest direction, mean removed",
        "how many of the strongest direction the total variance amounts to",
    ),
    _Words(
        "share of the strongest direction",
        "of 1",
        "largest eigenvalue of the covariance / their sum",
        "near 1, the items lie along a line",
    ),
    _Words(
        "total variance",
        "squared units",
        "trace of the covariance, divided by n - 1",
        "squared distance of an item from the mean, on average",
    ),
]


def of_spectrum(view: View) -> list[Measurement]:
    """Everything that the eigenvalues of the covariance tell."""
    return [*_counts(view), *_ranks(view), *_shape(view), _mean(view)]


def _counts(view: View) -> list[Measurement]:
    return [
        Measurement(
            "distinct items",
            view.distinct,
            "items",
            "rows that differ in at least one bit",
            "m of them span at most m - 1 directions",
            group=GROUP,
        ),
        Measurement(
            "resolved rank",
            view.rank,
            "directions",
            "eigenvalues of the covariance above the most that rounding and summing leave",
            "directions in which the items differ at all",
            f"Rounding to {view.precision.format} and summing in {view.arithmetic} "
            f"leave up to {view.spectrum.floor:.3g}",
            group=GROUP,
        ),
    ]


def _ranks(view: View) -> list[Measurement]:
    found = values(view.fourth_moments, view.spectrum.floor)
    if not view.rank:
        kept = "RankMe", "total variance"
        found = {name: found[name] for name in kept if name in found}
    bounds = view.intervals
    expected = noise(view.items, view.dimensions).expected(found)
    if "effective rank" in expected:
        exact = isotropic_rank(view.items, view.dimensions)
        p_value = expected["effective rank"].p_value
        expected["effective rank"] = Expectation(ISOTROPIC, exact, p_value)
    if (name := "share of the strongest direction") in expected and view.dimensions > 1:
        fewer = min(view.items - 1, view.dimensions)
        chance = largest_share_p_value(found[name] * fewer, view.items - 1, view.dimensions)
        expected[name] = Expectation(ISOTROPIC, expected[name].value, chance)
    said = []
    for words in RANKS:
        name, value = words.name, found.get(words.name)
        enough = view.items >= COVERED.get(name, 0) * view.dimensions and name in COVERED
        note = ""
        if value is None:
            note = NO_RANK if not view.rank else "Too few items to tell it from infinite"
            if name == "RankMe":
                note = "All items are zero"
        elif name in COVERED and not enough:
            note = f"No interval: it would not cover below {COVERED[name]} items for each dimension"
        said.append(
            Measurement(
                name,
                value,
                words.unit,
                words.convention,
                words.meaning,
                note,
                bounds.get(name) if enough else None,
                expected.get(name),
                GROUP,
            )
        )
    return said


def _shape(view: View) -> list[Measurement]:
    found, n, d = _without_unit(view.spectrum), view.items, view.dimensions
    full = view.rank == d
    john = _defined(lambda: johns_test(found)) if view.rank else None
    signals = _defined(lambda: significant_directions(found)) if full else None
    slope = _defined(lambda: power_law(found))
    lost = NO_RANK if not view.rank else "Some direction is lost, and its logarithm with it"
    return [
        Measurement(
            "sphericity score",
            john.score if john else None,
            "standard errors",
            "(n' U - d - 1) / 2 of John's U, the squared variation of the variances",
            "standard normal for isotropic Gaussian items; large if they are not",
            "" if john else NO_RANK,
            null=Expectation(ISOTROPIC, 0.0, john.p_value) if john else None,
            group=GROUP,
        ),
        Measurement(
            "sphericity gap",
            sphericity_gap(found) if full else None,
            "nats",
            "log of the mean variance - mean log variance",
            "watches the weakest directions, as ranks watch the strongest",
            "" if full else lost,
            null=Expectation(ISOTROPIC, isotropic_gap(n, d)) if full and n > d else None,
            group=GROUP,
        ),
        Measurement(
            "directions above noise",
            signals.count if signals else None,
            "directions",
            "variances that white noise in the others would show in 5 % of samples, one by one",
            "directions that are more than noise, if the weaker ones are nothing else",
            "" if signals else "Defined while no direction is lost",
            group=GROUP,
        ),
        Measurement(
            "directions worth keeping",
            directions_worth_keeping(found) if view.rank else None,
            "directions",
            "singular values above the best hard threshold for white noise of unknown size",
            "directions whose estimate is nearer to the truth than zero is",
            "" if view.rank else NO_RANK,
            group=GROUP,
        ),
        Measurement(
            "directions for 99 % of the deviation",
            directions_for(0.99, found) if view.rank else None,
            "directions",
            "fewest singular values whose sum is 99 % of the sum of all, mean removed",
            "srank of the reinforcement learning literature",
            "" if view.rank else NO_RANK,
            group=GROUP,
        ),
        Measurement(
            "decay of the spectrum",
            slope.exponent if slope else None,
            "per e-fold of rank",
            "alpha of variance ~ rank^-alpha, ranks 11 to 100, weighted by 1 / rank",
            "1 is often called ideal; noise alone is not at 0",
            f"R^2 = {slope.r_squared:.3f} on ranks {slope.first} to {slope.last}"
            if slope
            else "Fewer than 13 directions vary",
            group=GROUP,
        ),
        Measurement(
            "condition number",
            condition_number(found) if full else None,
            "of 1",
            "largest / smallest standard deviation along a direction",
            "how much a linear probe magnifies errors along the weakest direction",
            "" if full else "Infinite, or not resolved: some direction is lost",
            group=GROUP,
        ),
    ]


def _mean(view: View) -> Measurement:
    square = view.moments.mean_square
    return Measurement(
        "share of the mean",
        float(view.moments.mean @ view.moments.mean) / square if square else None,
        "of 1",
        "squared length of the mean / mean squared length of the items",
        "near 1, the items differ little for how far they are from the origin",
        "" if square else "All items are zero",
        group=GROUP,
    )


def _without_unit(found: Spectrum) -> Spectrum:
    """In units in which no square leaves float64; nothing here depends on them."""
    exponent = -int(np.frexp(found.eigenvalues[0])[1])
    scaled = np.ldexp(found.eigenvalues, exponent)
    return dataclasses.replace(found, eigenvalues=scaled, floor=math.ldexp(found.floor, exponent))


def _defined(statistic: Callable[[], T]) -> T | None:
    try:
        return statistic()
    except ValueError:
        return None
