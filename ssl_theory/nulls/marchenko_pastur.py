"""The spectrum of isotropic noise in the limit of many items and many dimensions."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

__all__ = ["density", "edges", "expectation", "expected_sum", "uniform_correction"]

Function = Callable[[NDArray[np.float64]], NDArray[np.float64]]
NODES = 4000  # of the quadrature; its error falls geometrically but at ratio 1, where a = 0


def edges(ratio: float) -> tuple[float, float]:
    r"""Where the law begins and ends: :math:`(1 \mp \sqrt\gamma)^2`.

    ``ratio`` is :math:`\gamma = d / n`, dimensions over degrees of freedom (``n - 1`` items once
    the mean is taken off). Variances are in units of the noise. [marchenko1967distribution]

    >>> edges(0.25)
    (0.25, 2.25)
    """
    _check(ratio)
    return (1 - ratio**0.5) ** 2, (1 + ratio**0.5) ** 2


def density(x: NDArray[np.float64], ratio: float) -> NDArray[np.float64]:
    """The density of the variances; beyond ratio 1, ``1 - 1 / ratio`` of them are zero besides.

    >>> density(np.array([0.1, 1.0, 3.0]), 0.25).round(4).tolist()
    [0.0, 0.6164, 0.0]
    """
    low, high = edges(ratio)
    inside = np.clip((high - x) * (x - low), 0, None)
    return np.sqrt(inside) / (2 * np.pi * ratio * np.where(inside > 0, x, 1))


def expectation(f: Function, ratio: float) -> float:
    """The mean of ``f`` over the variances that are not zero, counted among all of them.

    Their number is 1 in 1 up to ratio 1, and 1 in ``ratio`` beyond: add the atom at zero yourself.

    >>> round(expectation(lambda x: x, 0.3), 12), round(expectation(lambda x: x**2, 0.3), 12)
    (1.0, 1.3)
    """
    _check(ratio)
    # x = 1 + g + 2 sqrt(g) cos t turns both square roots at the edges into a factor sin^2 t.
    t = np.pi * np.arange(1, NODES + 1) / (NODES + 1)
    x = _along(t, ratio)
    return float(2 / (NODES + 1) * np.sum(np.sin(t) ** 2 * f(x) / x))


def expected_sum(f: Function, degrees: int, dimensions: int) -> float:
    r"""The expected sum of ``f`` over the non-zero variances of isotropic Gaussian items.

    The limit law, and the correction that real data need beside it,
    :math:`\tfrac14 (f(a) + f(b)) - \tfrac1{2\pi} \int_0^\pi f(x_t)\,dt` along
    :math:`x_t = 1 + \gamma + 2\sqrt\gamma\cos t`. The error is then of order ``1 / degrees`` in
    the whole sum. [bai2004clt]

    >>> round(expected_sum(lambda x: x**2, degrees=100, dimensions=50), 6)  # d (1 + (d + 1) / n)
    75.5
    """
    if degrees < dimensions:  # the same items seen as dimensions, and in other units
        scale = dimensions / degrees
        return expected_sum(lambda x: f(scale * x), dimensions, degrees)
    ratio = dimensions / degrees
    t = np.pi * (np.arange(NODES) + 0.5) / NODES
    correction = f(np.array(edges(ratio))).sum() / 4 - f(_along(t, ratio)).mean() / 2
    return dimensions * expectation(f, ratio) + float(correction)


def uniform_correction(f: Function, degrees: int, dimensions: int) -> float:
    r"""What :func:`expected_sum` changes by if all items have length :math:`\sqrt d`.

    :math:`-\tfrac2\pi \int_0^\pi f(x_t) \cos 2t\,dt` in the limit. A Gaussian item is a uniform
    direction at a length of its own, whose square has relative variance ``2 / d``; to second order
    in that, the resolvent at the item, :math:`-\sqrt\gamma e^{-it}` along the spectrum, tells what
    it does. [hu2019elliptical]

    >>> round(uniform_correction(lambda x: x**2, degrees=100, dimensions=50), 12)  # - 2 d / n
    -1.0
    """
    t = np.pi * (np.arange(NODES) + 0.5) / NODES
    return float(-2 * np.mean(f(_along(t, dimensions / degrees)) * np.cos(2 * t)))


def _along(t: NDArray[np.float64], ratio: float) -> NDArray[np.float64]:
    return 1 + ratio + 2 * ratio**0.5 * np.cos(t)


def _check(ratio: float) -> None:
    if not 0 < ratio < np.inf:
        raise ValueError(
            f"`ratio` must be positive, got {ratio}: it is dimensions / degrees of freedom. "
            "Pass d / (n - 1)."
        )
