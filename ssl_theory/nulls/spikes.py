"""What a strong direction becomes in noise, and how strong it must be to be seen."""

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "detectable",
    "observed_spike",
    "overlap",
    "population_spike",
    "population_spikes",
    "singular_value_threshold",
]


def detectable(ratio: float) -> float:
    r"""The variance :math:`1 + \sqrt\gamma` below which a direction is lost in noise of variance 1.

    ``ratio`` is :math:`\gamma = d / n`. [baik2005phase]
    """
    return 1 + ratio**0.5


def observed_spike(variance: float, ratio: float) -> float:
    """The sample variance along a direction of this population variance, in the limit.

    Below what is :func:`detectable` it is the edge of the noise, whatever the variance.

    >>> observed_spike(3.0, 0.5), round(observed_spike(1.2, 0.5), 4)
    (3.75, 2.9142)
    """
    if variance <= detectable(ratio):
        return (1 + ratio**0.5) ** 2
    return variance * (1 + ratio / (variance - 1))


def population_spike(observed: float, ratio: float) -> float:
    """The inverse of :func:`observed_spike`; 1 if nothing stands out of the noise.

    >>> population_spike(3.75, 0.5)
    3.0
    """
    return float(population_spikes(np.array(observed), ratio))


def population_spikes(observed: NDArray[np.float64], ratio: float) -> NDArray[np.float64]:
    """The same of many at once."""
    half = (observed + 1 - ratio) / 2
    root = np.sqrt(np.maximum(half**2 - observed, 0))
    return np.where(observed <= (1 + ratio**0.5) ** 2, 1.0, half + root)


def overlap(variance: float, ratio: float) -> float:
    """The squared cosine between a direction and its estimate, in the limit. [paul2007asymptotics]

    >>> overlap(1.2, 0.5), overlap(3.0, 0.5)
    (0.0, 0.7)
    """
    if variance <= detectable(ratio):
        return 0.0
    excess = variance - 1
    return (1 - ratio / excess**2) / (1 + ratio / excess)


def singular_value_threshold(ratio: float) -> float:
    r"""The singular value, in units of :math:`\sigma\sqrt n`, from which on keeping it helps.

    Of a ``(n, d)`` matrix in white noise, ``ratio = d / n`` up to 1; :math:`4 / \sqrt 3` for a
    square one. [gavish2014optimal]

    >>> round(singular_value_threshold(1.0) * 3**0.5, 12)
    4.0
    """
    if not 0 < ratio <= 1:
        raise ValueError(f"`ratio` must lie in (0, 1], got {ratio}. Transpose the matrix.")
    root = (ratio**2 + 14 * ratio + 1) ** 0.5
    return (2 * (ratio + 1) + 8 * ratio / (ratio + 1 + root)) ** 0.5
