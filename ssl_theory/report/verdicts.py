"""From numbers to a judgement, and to what can be done about it."""

import math
from collections.abc import Iterator

from ssl_theory.diagnostics.rank import effective_rank, isotropic_rank
from ssl_theory.report.value import Kind, Verdict
from ssl_theory.report.view import View

__all__ = ["CONCENTRATED_BELOW", "judge"]

CONCENTRATED_BELOW = 0.1
"""The part of the isotropic effective rank below which variance counts as concentrated.

A convention and not a law. Embeddings whose ``k``-th variance falls as ``1 / k`` stay above it up
to several thousand dimensions; those whose variance falls as ``1 / k**2`` are below from 30 on.
"""


def judge(view: View) -> list[Verdict]:
    """What is wrong with a view, the gravest first, or that nothing was found."""
    return [Verdict(kind, view.name, *words) for kind, *words in _judged(view)]


def _judged(view: View) -> Iterator[tuple[Kind, str, str] | tuple[Kind, str, str, bool]]:
    n, d, rank, limit = view.items, view.dimensions, view.rank, view.limit
    if not rank:
        yield (Kind.COLLAPSED_TO_A_POINT, _point(view), _AFTER_A_POINT)
    elif rank < limit:
        yield (Kind.RANK_DEFICIENT, _lost(view), _after_a_loss(view))
    else:
        yield _full(view)
    if rank == n - 1 < d:
        yield (
            Kind.TOO_FEW_ITEMS,
            f"{n:,} items span at most {n - 1:,} of {d:,} dimensions, so nothing can be said about "
            "the others.",
            f"Give at least {d + 1:,} items to see a lost dimension, and some {10 * d:,} for "
            "effective ranks that hardly depend on how many there are.",
        )


_AFTER_A_POINT = (
    "Check that what keeps embeddings apart (negatives, a variance or entropy term, a "
    "stop-gradient) is in the loss and has weight, and look for a layer whose output is constant."
)


def _point(view: View) -> str:
    if view.distinct == 1:
        return f"all {view.items:,} items are equal."
    moments = view.moments
    return (
        f"the {view.items:,} items differ by no more than rounding: their total variance is "
        f"{moments.total_variance / moments.mean_square:.2g} of their mean square, and rounding to "
        f"{view.precision.format} changes a number by up to {view.precision.roundoff:.2g} of it."
    )


def _lost(view: View) -> str:
    d, rank = view.dimensions, view.rank
    left = f"{rank:,} of {d:,} dimensions are left"
    if view.limit < d:
        left = (
            f"{rank:,} of the {view.limit:,} directions that {view.items:,} items can span are left"
        )
    if rank == view.distinct - 1:
        return (
            f"{left}: the {view.items:,} items are copies of {view.distinct:,} distinct ones, "
            f"which span at most {rank:,}."
        )
    return (
        f"{left}. Along the other {view.limit - rank:,} the variance is below "
        f"{view.spectrum.floor:.2g}, the most that rounding to {view.precision.format} and summing "
        f"in {view.arithmetic} leave; along the weakest of the {rank:,} it is "
        f"{view.spectrum.resolved[-1]:.2g}."
    )


def _after_a_loss(view: View) -> str:
    if view.rank == view.distinct - 1:
        return (
            "Drop the copies if the data hold them; if different inputs became equal, the encoder "
            "has collapsed to a few points."
        )
    return (
        f"Look for a layer narrower than {view.dimensions:,}, dead units or constant columns, and "
        "a loss without a term against correlated dimensions; diagnose the layer before."
    )


def _full(view: View) -> tuple[Kind, str, str, bool]:
    found = effective_rank(view.spectrum)
    isotropic = isotropic_rank(view.items, view.dimensions)
    limit = CONCENTRATED_BELOW * isotropic
    use = f"the {view.items:,} items use all {view.dimensions:,} dimensions"
    if view.limit < view.dimensions:
        use = f"the {view.items:,} items use all {view.limit:,} directions that they can span"
    if found < limit:
        # Both are of so many items, so the bias that this has is not to be taken off.
        bounds = view.intervals.get("effective rank")
        highest = bounds.plug_in * bounds.high / bounds.estimate if bounds else math.inf
        sure = highest < limit
        doubt = "" if sure else ", though it is not certain to lie below a tenth of that"
        return (
            Kind.CONCENTRATED,
            f"{use}, but hardly: the variance is spread as over {found:.3g} directions, where "
            f"isotropic items would show {isotropic:.3g}{doubt}.",
            "That is a collapse in all but rounding, or data as simple as that: compare with an "
            "earlier checkpoint, or with an untrained encoder.",
            sure,
        )
    return (
        Kind.HEALTHY,
        f"no collapse found. {use[0].upper()}{use[1:]}, and the variance is spread as over "
        f"{found:.3g} directions, where isotropic items would show {isotropic:.3g}.",
        "Looked for: collapse to a point, lost dimensions, variance in few directions. Not looked "
        "for: clusters, dead units, or whether the directions are of any use.",
        True,
    )
