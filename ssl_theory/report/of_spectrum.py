"""How many directions vary, how evenly, and what noise would show instead."""

import dataclasses
import math
from collections.abc import Callable
from typing import TypeVar

import numpy as np

from ssl_theory.diagnostics.conditioning import condition_number
from ssl_theory.diagnostics.decay import power_law
from ssl_theory.diagnostics.explained_variance import directions_for
from ssl_theory.diagnostics.significant import directions_worth_keeping, significant_directions
from ssl_theory.diagnostics.spectrum import Spectrum
from ssl_theory.diagnostics.sphericity import isotropic_gap, johns_test, sphericity_gap
from ssl_theory.report.of_ranks import GROUP, ISOTROPIC, NO_RANK, of_ranks
from ssl_theory.report.value import Expectation, Measurement
from ssl_theory.report.view import View

__all__ = ["of_spectrum"]

T = TypeVar("T")


def of_spectrum(view: View) -> list[Measurement]:
    """Everything that the eigenvalues of the covariance tell."""
    return [*_counts(view), *of_ranks(view), *_shape(view), _mean(view)]


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
