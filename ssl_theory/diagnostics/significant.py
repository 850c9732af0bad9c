"""How many directions stand out of noise."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import quad
from scipy.optimize import brentq

from ssl_theory.diagnostics.spectrum import Spectrum, spectrum
from ssl_theory.nulls.largest_share import largest_share_p_value
from ssl_theory.nulls.marchenko_pastur import edges
from ssl_theory.nulls.spikes import population_spikes, singular_value_threshold

__all__ = ["Signals", "directions_worth_keeping", "noise_median", "significant_directions"]

ROUNDS = 20  # of the noise's fixed point; it contracts by about d / n of what is left


@dataclass(frozen=True)
class Signals:
    """Directions above the noise, how strong they are without it, and the noise itself."""

    count: int
    noise: float  # variance in every other direction
    strengths: tuple[float, ...]  # population variances of the directions that count
    p_values: tuple[float, ...]  # of these, and of the first one that does not count


def significant_directions(z: Any, *, level: float = 0.05) -> Signals:
    r"""The directions whose variance white noise would hardly ever show.

    From the strongest on, each is compared with the largest variance of noise in the dimensions
    that are left, which follows Tracy and Widom's law, at the edge
    :math:`\sigma^2 (1 + \sqrt{d/n})^2` of Marchenko and Pastur's; the first that could be noise
    ends the count. The level of noise :math:`\sigma^2` is the mean of the rest, once the strong
    directions have given back what noise lent them. [kritchman2009nonparametric]

    It assumes noise that is Gaussian, and equal in all directions: of a spectrum that decays
    smoothly nearly every direction is significant, and heavy tails move the edge outwards.
    Directions below :func:`~ssl_theory.nulls.spikes.detectable` cannot be seen by anyone. Unchanged
    by rotation, translation and units; changed by duplicates, which halve the apparent noise.

    Parameters
    ----------
    z
        Embeddings ``(items, dimensions)``, their ``Moments``, or a centred ``Spectrum``.
    level
        How often noise may count as one direction or more.

    Examples
    --------
    >>> noise = np.random.default_rng(0).standard_normal((500, 50))
    >>> significant_directions(noise).count
    0
    >>> significant_directions(noise * np.where(np.arange(50) < 3, 3.0, 1.0)).count
    3
    """
    if not 0 < level < 1:
        raise ValueError(f"`level` must lie between 0 and 1, got {level}. Use 0.05.")
    found = z if isinstance(z, Spectrum) else spectrum(z)
    degrees, d, values = found.count - 1, found.dimension, found.eigenvalues
    p_values: list[float] = []
    noise, strengths = _noise(values, 0, degrees, d)
    # The last direction is never compared: with none beside it, it is the noise.
    for count in range(min(found.resolved_rank, len(values) - 1)):
        p_values.append(largest_share_p_value(values[count] / noise, degrees, d - count))
        if p_values[-1] > level:
            return Signals(count, noise, strengths, tuple(p_values))
        noise, strengths = _noise(values, count + 1, degrees, d)
    return Signals(len(p_values), noise, strengths, tuple(p_values))


def directions_worth_keeping(z: Any, *, noise: float | None = None) -> int:
    r"""How many singular values the best hard threshold for white noise keeps.

    It minimises the squared error of what is kept as an estimate of the noiseless items, which is
    another question than significance: a direction can be certain to exist and too noisy to be
    worth keeping. ``noise`` is the standard deviation of an entry; without it, the median
    singular value tells, if fewer than half the directions carry signal. [gavish2014optimal]

    The mean is taken off first. Unchanged by rotation and translation, and, unless ``noise`` is
    given, by units of length.

    >>> noise = np.random.default_rng(0).standard_normal((500, 50))
    >>> directions_worth_keeping(noise * np.where(np.arange(50) < 3, 3.0, 1.0))
    3
    """
    found = z if isinstance(z, Spectrum) else spectrum(z)
    fewer, more = sorted((found.count - 1, found.dimension))
    squares = found.eigenvalues * ((found.count - 1) / more)
    ratio = fewer / more
    level = np.median(squares) / noise_median(ratio) if noise is None else noise**2
    return int(np.sum(squares > singular_value_threshold(ratio) ** 2 * level))


def noise_median(ratio: float) -> float:
    """The median variance of noise of variance 1, for ``ratio`` (``d / n``) up to 1.

    >>> round(singular_value_threshold(1.0) / noise_median(1.0) ** 0.5, 2)
    2.86
    """
    low, high = edges(ratio)
    middle, half = (low + high) / 2, (high - low) / 2

    def excess(start: float) -> float:
        # x = middle + half cos t takes the square roots out of the law's density.
        mass = quad(lambda t: np.sin(t) ** 2 / (middle + half * np.cos(t)), start, np.pi)[0]
        return 2 / np.pi * mass - 0.5

    return middle + half * float(np.cos(brentq(excess, 0, np.pi)))


def _noise(
    values: NDArray[np.float64], count: int, degrees: int, d: int
) -> tuple[float, tuple[float, ...]]:
    left = d - count
    noise = float(values[count:].sum()) / left
    strengths = values[:count]
    for _ in range(ROUNDS if count else 0):
        if not noise > 0:  # the strong directions are all there is
            break
        ratio = left / degrees
        strengths = noise * population_spikes(values[:count] / noise, ratio)
        noise = float(values.sum() - strengths.sum()) / left
    return noise, tuple(map(float, strengths))
