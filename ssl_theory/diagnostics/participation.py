"""How many directions share the variance, whatever the number of items it is seen with."""

from typing import Any, Literal

import numpy as np

from ssl_theory.diagnostics.fourth_moments import FourthMoments
from ssl_theory.diagnostics.spectrum import rounding_floor
from ssl_theory.moments import Moments

__all__ = ["isoscore", "participation_ratio"]

Correction = Literal["none", "gaussian", "any law"]


def participation_ratio(z: Any, *, correction: Correction = "any law") -> float:
    r""":math:`(\operatorname{tr}\Sigma)^2 / \operatorname{tr}\Sigma^2` of the population.

    It is 1 on a line and ``d`` for an isotropic law. Of few items the plain ratio falls short:
    sampling spreads the eigenvalues, and ``n`` items show fewer than ``n`` directions however
    many there are. Corrected, numerator and denominator are each unbiased at every ``n`` from 4
    on; what remains is the bias of order ``1 / n`` of a quotient.

    ============  =================================================  ==========================
    correction    numerator and denominator                          who uses it
    ============  =================================================  ==========================
    none          of the sample covariance                           :func:`effective_rank` of
                                                                     order 2, most of the field
    gaussian      unbiased for Gaussian items only                   sphericity tests
                                                                     [srivastava2005tests]
    any law       U-statistics of four items, with the mean fourth   [himeno2014estimations]
                  power of lengths; unbiased for every law
    ============  =================================================  ==========================

    Heavy tails are why the default matters: the Gaussian correction takes them for structure.
    Unchanged by rotation, translation and units of length; changed by duplicates, which the
    corrected forms take for information. It costs one pass over the items more than a
    covariance, and no eigenvalues.

    Parameters
    ----------
    z
        Embeddings ``(items, dimensions)`` or their :class:`FourthMoments` (or, unless the
        correction is for any law, :class:`~ssl_theory.moments.Moments`).
    correction
        What is known of the law of the items.

    Returns
    -------
    float
        Corrected, it can exceed the dimension by chance.

    Raises
    ------
    ValueError
        If all items coincide, if there are fewer than 4 of them, or if they are too few for the
        unbiased denominator to come out positive.

    Examples
    --------
    Two axes of equal variance, seen through four items:

    >>> z = [[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]]
    >>> round(participation_ratio(z, correction="none"), 12)
    2.0
    """
    if correction not in ("none", "gaussian", "any law"):
        raise ValueError(
            f'`correction` must be "none", "gaussian" or "any law", got {correction!r}. '
            'Use "any law" if in doubt.'
        )
    if isinstance(z, Moments):
        if correction == "any law":
            raise TypeError(
                "`z` must be embeddings or their FourthMoments, got Moments: they do not tell "
                'how heavy the tails are. Pass the embeddings, or correction="gaussian".'
            )
        z = FourthMoments(z, np.zeros(z.dimension), 0.0)
    found = z if isinstance(z, FourthMoments) else FourthMoments.of(z)
    n = found.count
    if correction != "none" and n < 4:
        raise ValueError(
            f"`z` must hold at least 4 items to correct for how few there are, got {n}. "
            'Add items, or pass correction="none".'
        )
    trace, squares = found.traces()
    _check_varied(found.moments, trace)
    one, two = trace**2, squares
    if correction == "gaussian":
        unit = (n - 1) ** 2 / ((n - 2) * (n + 1))
        two = unit * (squares - trace**2 / (n - 1))
        one = unit * (n / (n - 1) * trace**2 - 2 / (n - 1) * squares)
    elif correction == "any law":
        unit = (n - 1) / (n * (n - 2) * (n - 3))
        tails = n * found.fourth / (n - 1)
        two = unit * ((n - 1) * (n - 2) * squares + trace**2 - tails)
        one = unit * (2 * squares + (n * n - 3 * n + 1) * trace**2 - tails)
    if min(one, two) <= 0:
        raise ValueError(
            f"`z` must hold more items, got {n}: the unbiased estimate of tr Sigma^2 is "
            f"{two:.3g}, which no law has, so the participation ratio cannot be told from "
            'infinite. Add items, or pass correction="none" and know that it is biased low.'
        )
    return one / two


def isoscore(z: Any, *, correction: Correction = "none") -> float:
    r"""How evenly variance fills the dimensions: 0 on a line, 1 for an isotropic law.

    The published construction (rotate to principal axes, normalise the variances, measure their
    distance from the all-ones vector, rescale) is the participation ratio in disguise,
    :math:`(r_2 - 1) / (d - 1)`, and inherits its bias; ``correction="none"`` is as published.
    [rudman2022isoscore]

    >>> round(isoscore([[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]]), 12)
    1.0
    """
    found = z if isinstance(z, Moments | FourthMoments) else FourthMoments.of(z)
    ratio = participation_ratio(found, correction=correction)
    d = found.dimension
    if d < 2:
        raise ValueError(
            f"`z` must have at least 2 dimensions, got {d}: on a line there is nothing to fill. "
            "Use participation_ratio."
        )
    return (ratio - 1) / (d - 1)


def _check_varied(moments: Moments, trace: float) -> None:
    floor = rounding_floor(moments, trace, float(moments.mean_squares.max()))
    if trace <= moments.dimension * floor:
        raise ValueError(
            f"`z` must vary by more than rounding, got {moments.count} items that coincide: the "
            "embeddings have collapsed to a point, and shares of zero variance are undefined. "
            "Treat this as rank 0."
        )
