"""The dimension whose balls have distances and angles like those of the items: DANCo."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import binom, digamma, i0e, i1e

from ssl_theory.arrays import check_embeddings
from ssl_theory.diagnostics.gride import gride
from ssl_theory.diagnostics.neighbours import Duplicates, distinct_rows
from ssl_theory.diagnostics.patches import patches

__all__ = ["Concentration", "concentration", "concentration_divergence", "danco"]

MOST = 30  # neighbours: an alternating sum of binomials keeps half its digits up to there


@dataclass(frozen=True)
class Concentration:
    """The law of the nearest distance in a neighbourhood, and of the angles in it."""

    dimension: float  # of the distances
    angle: float  # where angles between neighbours concentrate
    sharpness: float  # how much, as von Mises' law counts


def danco(
    z: Any,
    *,
    neighbours: int = 10,
    largest: int | None = None,
    duplicates: Duplicates = "refuse",
    seed: int = 0,
) -> int:
    r"""The dimension of the ball whose uniform sample of as many items diverges least from these.

    Distances concentrate and angles approach right ones as dimensions are added; what they look
    like in few items is no formula, so it is *drawn*, once for every dimension up to the
    ``largest``, and the :func:`concentration_divergence` picks one. The bias of few items is thus
    in the reference too, which is what sets it apart beyond some ten dimensions; a seed's sample
    is noise in the answer, so try several. [ceruti2014danco]

    Unchanged by isometries and units. Costs all distances, ``largest + 1`` times.

    Parameters
    ----------
    z
        Embeddings ``(items, dimensions)``.
    neighbours
        How many have angles; one more has a distance. 10 in the paper, at most 30 here.
    largest
        The last dimension to try; by default that of the space.
    duplicates
        What to do about equal items.
    seed
        Of the balls.

    Examples
    --------
    >>> z = np.random.default_rng(0).uniform(size=(300, 2)) @ [[1.0, 2, 0], [0, 1, 3]]
    >>> danco(z)
    2
    """
    z = distinct_rows(z, duplicates)
    n, d = z.shape
    last = d if largest is None else largest
    if last < 1:
        raise ValueError(f"`largest` must be at least 1, got {largest}. Leave it out.")
    found, generator = concentration(z, neighbours=neighbours), np.random.default_rng(seed)
    divergences = []
    for dimension in range(1, last + 1):
        ball = _ball(n, dimension, generator)
        reference = concentration(ball, neighbours=neighbours)
        divergences.append(concentration_divergence(found, reference, neighbours))
    return int(np.argmin(divergences)) + 1


def concentration(z: Any, *, neighbours: int = 10) -> Concentration:
    r"""How distances and angles of neighbours concentrate.

    The dimension is that of :func:`~ssl_theory.diagnostics.gride.gride` at orders 1 and ``k + 1``
    (MIND_MLk). Angles between the first ``k``, seen from the item, get von Mises' law of the
    likeliest mean and sharpness, and both are averaged over items. In one dimension, where angles
    only say on which side a neighbour is, the sharpness is 1 by convention, as in scikit-dimension:
    that of an item at an end is infinite. Mean angles are taken with
    their quadrant, where codes that divide sines by cosines get the opposite direction beyond a
    right angle; the sharpness solves :math:`I_1(\tau) / I_0(\tau) = \eta`, where they have it
    within some per cent from a fit.

    >>> z = np.random.default_rng(0).standard_normal((200, 40))
    >>> bool(abs(concentration(z).angle - np.pi / 3) < 0.1)  # neighbours and item: one triangle
    True
    """
    if not 2 <= neighbours <= MOST:
        raise ValueError(
            f"`neighbours` must lie between 2 and {MOST}, got {neighbours}: the divergence of more "
            "loses its digits. Use 10."
        )
    z = np.asarray(check_embeddings(z), np.float64)
    dimension = gride(z, near=1, far=neighbours + 1, unbiased=False).dimension
    angles, sharpnesses = [], []
    one, other = np.triu_indices(neighbours, 1)
    for apart in patches(z, neighbours):
        units = apart / np.linalg.norm(apart, axis=2, keepdims=True)
        cosines = (units @ units.transpose(0, 2, 1))[:, one, other].clip(-1, 1)
        across, along = np.sqrt(1 - cosines**2).mean(1), cosines.mean(1)
        angles += np.arctan2(across, along).tolist()
        sharpnesses += [_sharpness(eta) for eta in np.hypot(across, along)]
    sharpness = float(np.mean(sharpnesses)) if z.shape[1] > 1 else 1.0
    return Concentration(dimension, float(np.mean(angles)), sharpness)


def concentration_divergence(one: Concentration, other: Concentration, neighbours: int) -> float:
    r"""The relative entropy of one law of distances and angles to the other, in nats.

    Of distances, with ``q`` the ratio of the dimensions and ``H`` harmonic numbers,

    .. math::
        q H_k - 1 - H_{k-1} - \log q
        - (k-1) \sum_{i=0}^k (-1)^i \tbinom ki \psi(1 + i / q);

    of angles, von Mises'. 0 if the two are the same.

    >>> same = Concentration(3.0, 1.5, 2.0)
    >>> abs(concentration_divergence(same, same, 10)) < 1e-9
    True
    """
    k, q = neighbours, other.dimension / one.dimension
    harmonic = float(np.sum(1 / np.arange(1, k + 1)))
    i = np.arange(k + 1)
    crowding = float(np.sum((-1.0) ** i * binom(k, i) * digamma(1 + i / q)))
    distances = q * harmonic - 1 - (harmonic - 1 / k) - np.log(q) - (k - 1) * crowding
    first, second = one.sharpness, other.sharpness
    # Bessel functions times exp(-x): those of sharp laws overflow.
    angles = np.log(i0e(second) / i0e(first)) + second - first
    angles += i1e(first) / i0e(first) * (first - second * np.cos(one.angle - other.angle))
    return float(distances + angles)


def _sharpness(eta: float) -> float:
    if eta >= 1 - 1e-12:  # all angles equal, but for rounding
        return 1e12
    high = 1.0
    while i1e(high) / i0e(high) < eta:
        high *= 2
    return float(brentq(lambda t: i1e(t) / i0e(t) - eta, 0, high))


def _ball(items: int, dimension: int, generator: np.random.Generator) -> NDArray[np.float64]:
    directions = generator.standard_normal((items, dimension))
    lengths = generator.uniform(size=(items, 1)) ** (1 / dimension)
    return directions * (lengths / np.linalg.norm(directions, axis=1, keepdims=True))
