"""How many directions share the variance, with intervals, and what noise would show instead."""

import dataclasses
from dataclasses import dataclass

from ssl_theory.diagnostics.intervals import Interval
from ssl_theory.diagnostics.rank import isotropic_rank
from ssl_theory.nulls.largest_share import largest_share_p_value
from ssl_theory.report.replicas import COVERED, noise, values
from ssl_theory.report.value import Expectation, Measurement
from ssl_theory.report.view import View

__all__ = ["GROUP", "ISOTROPIC", "NO_RANK", "of_ranks"]

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


def of_ranks(view: View) -> list[Measurement]:
    """Every way to count directions by how much they vary, and the total that they share."""
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
                _capped(bounds.get(name), words.unit, view) if enough else None,
                expected.get(name),
                GROUP,
            )
        )
    return said


def _capped(bounds: Interval | None, unit: str, view: View) -> Interval | None:
    """No population of ``d`` dimensions has more directions than ``d``."""
    if bounds is None or unit != "directions":
        return bounds
    most = view.dimensions
    return dataclasses.replace(
        bounds, estimate=min(bounds.estimate, most), high=min(bounds.high, most)
    )
