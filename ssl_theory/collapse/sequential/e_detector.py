"""Evidence that a stream has changed, of which the run length is known without its law."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["RATES", "cusum_detector", "e_values", "shiryaev_roberts", "wealth"]

RATES = (0.25, 0.5, 1.0, 2.0)  # shifts, in standard deviations, at which evidence grows fastest
LARGEST = 1e100  # where evidence stops growing, lest it overflow


def e_values(x: ArrayLike, rates: ArrayLike = RATES) -> NDArray[np.float64]:
    r"""``exp(l x - l^2 / 2)`` for every rate ``l``, along a new last axis.

    Each has expectation at most 1 if ``x`` is sub-Gaussian with variance at most 1 and mean at
    most 0, whatever came before. A standard normal number cut to an interval about 0 is.
    """
    rates = np.asarray(rates, np.float64)
    return np.exp(np.asarray(x, np.float64)[..., None] * rates - rates**2 / 2)


def shiryaev_roberts(before: ArrayLike, e: ArrayLike) -> NDArray[np.float64]:
    r"""One step of :math:`M_t = (M_{t-1} + 1) e_t`, which is :math:`\sum_s e_s \cdots e_t`.

    An e-detector [shin2022detectors]: at any stopping time its expectation is at most that of the
    time. An alarm once it passes ``a`` therefore comes, if there is no change, after ``a`` steps
    on average or more; and so for any average of detectors, however they depend on each other.
    """
    return np.minimum((np.asarray(before) + 1) * e, LARGEST)


def cusum_detector(before: ArrayLike, e: ArrayLike) -> NDArray[np.float64]:
    r"""One step of :math:`M_t = \max(M_{t-1}, 1) e_t`: the best start in place of the sum."""
    return np.minimum(np.maximum(before, 1) * e, LARGEST)


def wealth(before: ArrayLike, e: ArrayLike) -> NDArray[np.float64]:
    r"""One step of :math:`M_t = M_{t-1} e_t` from 1: it *ever* passes ``1 / a`` with chance ``a``.

    That bounds false alarms for good [ville1939etude], at the price of a delay that grows with
    the time before the change.
    """
    return np.minimum(np.asarray(before) * e, LARGEST)
