"""What is measured, and the words that say by which convention."""

import numpy as np

from ssl_theory.diagnostics.closeness import uniformity
from ssl_theory.diagnostics.rank import effective_rank, isotropic_rank
from ssl_theory.nulls.sphere import sphere_uniformity
from ssl_theory.report.drawn import SAMPLE
from ssl_theory.report.pairs import Pairs
from ssl_theory.report.value import Measurement
from ssl_theory.report.view import View

__all__ = ["of_pair", "of_view"]

NO_RANK = "All items coincide up to rounding, and rounding has no rank"


def of_view(view: View) -> list[Measurement]:
    """Everything that one view tells alone."""
    return [*_ranks(view), *_sizes(view), _uniformity(view)]


def of_pair(z: View, w: View, pairs: Pairs) -> list[Measurement]:
    """What two views of the same items tell together."""
    directed = not (z.directionless or w.directionless)
    spread = (z.items - 1) * (z.moments.total_variance + w.moments.total_variance)
    varied = z.rank > 0 and w.rank > 0
    return [
        Measurement(
            "alignment",
            pairs.alignment if directed else None,
            "squared distance",
            "mean |u_i - v_i|^2 over items scaled to length 1",
            "0 if partners coincide, 2 if they are unrelated, 4 if they are opposite",
            "" if directed else "Some items are zero and have no direction",
        ),
        Measurement(
            "agreement of the views",
            1 - pairs.squares_about_the_means / spread if varied else None,
            "of 1",
            "1 - squared distances of partners / squared distances from the means, means removed",
            "share of the variance that partners have in common; about 0 if rows are mismatched",
            "" if varied else "One view has collapsed to a point",
        ),
    ]


def _ranks(view: View) -> list[Measurement]:
    centred, kept = view.spectrum, view.about_the_origin
    varied = view.rank > 0
    return [
        Measurement(
            "distinct items",
            view.distinct,
            "items",
            "rows that differ in at least one bit",
            "m of them span at most m - 1 directions",
        ),
        Measurement(
            "resolved rank",
            view.rank,
            "directions",
            f"eigenvalues of the covariance above {centred.floor:.3g}, the most that rounding to "
            f"{view.precision.format} and summing in float64 leave",
            "directions in which the items differ at all",
        ),
        Measurement(
            "effective rank",
            effective_rank(centred) if varied else None,
            "directions",
            "exponential of the entropy of the shares of variance, mean removed",
            "how many equally strong directions would spread the variance as evenly",
            f"Isotropic items: about {isotropic_rank(view.items, view.dimensions):.4g}"
            if varied
            else NO_RANK,
        ),
        Measurement(
            "RankMe",
            effective_rank(kept, of="deviation") if kept.resolved_rank else None,
            "directions",
            "exponential of the entropy of the shares of singular values, mean kept, no epsilon",
            "weak directions weigh more than in the effective rank; the mean counts as a direction",
            "" if kept.resolved_rank else "All items are zero",
        ),
        Measurement(
            "participation ratio",
            effective_rank(centred, order=2) if varied else None,
            "directions",
            "squared sum of the variances / sum of their squares, mean removed",
            "weak directions weigh less than in the effective rank",
            "" if varied else NO_RANK,
        ),
        Measurement(
            "stable rank",
            effective_rank(centred, order=np.inf) if varied else None,
            "directions",
            "total variance / variance along the strongest direction, mean removed",
            "how many of the strongest direction the total variance amounts to",
            "" if varied else NO_RANK,
        ),
    ]


def _sizes(view: View) -> list[Measurement]:
    square = view.moments.mean_square
    return [
        Measurement(
            "share of the strongest direction",
            float(view.spectrum.shares[0]) if view.rank else None,
            "of 1",
            "largest eigenvalue of the covariance / their sum",
            "near 1, the items lie along a line",
            "" if view.rank else NO_RANK,
        ),
        Measurement(
            "total variance",
            view.moments.total_variance,
            "squared units",
            "trace of the covariance, divided by n - 1",
            "squared distance of an item from the mean, on average",
        ),
        Measurement(
            "share of the mean",
            float(view.moments.mean @ view.moments.mean) / square if square else None,
            "of 1",
            "squared length of the mean / mean squared length of the items",
            "near 1, the items differ little for how far they are from the origin",
            "" if square else "All items are zero",
        ),
    ]


def _uniformity(view: View) -> Measurement:
    note = ""
    if view.directionless:
        note = f"{view.directionless:,} items are zero and have no direction"
    elif view.items > SAMPLE:
        note = f"On {SAMPLE:,} items drawn without replacement, seed 0"
    return Measurement(
        "uniformity",
        None if view.directionless else uniformity(view.sample),
        "nats",
        "log mean exp(-2 |u_i - u_j|^2) over pairs of items scaled to length 1",
        f"0 if all point the same way, {sphere_uniformity(view.dimensions):.4g} if they "
        "cover the sphere evenly; hardly sees lost dimensions",
        note,
    )
