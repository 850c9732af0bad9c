"""The logarithm of the modified Bessel function, where the function itself leaves float64."""

from functools import lru_cache

import numpy as np
from numpy.polynomial import Polynomial
from scipy.special import gammaln, hyp0f1, ive

__all__ = ["log_bessel"]

LARGE_ORDER = 64.0  # above it eight Debye terms are exact to rounding


@lru_cache(maxsize=4096)
def log_bessel(order: float, x: float) -> float:
    r"""``log I_order(x)`` for ``order >= -1/2`` and ``x > 0``, finite wherever it is defined.

    Up to order 64 by ``scipy.special.ive``, or by its power series where that underflows; beyond
    by Debye's uniform expansion, :math:`I_\nu(\nu t) \sim e^{\nu\eta} /
    (\sqrt{2\pi\nu}(1+t^2)^{1/4}) \sum_k U_k(p) / \nu^k`.

    >>> round(log_bessel(0.5, 2.0) - float(np.log(np.sinh(2.0) / np.sqrt(np.pi))), 12)
    0.0
    """
    if order < LARGE_ORDER:
        scaled = ive(order, x)
        if scaled > 1e-280:
            return float(np.log(scaled) + x)
        series = np.log(hyp0f1(order + 1, x * x / 4))
        return float(order * np.log(x / 2) - gammaln(order + 1) + series)
    t = x / order
    root = np.hypot(1, t)
    eta = root + np.log(t / (1 + root))
    terms = sum(u(1 / root) / order**k for k, u in enumerate(_debye_polynomials()))
    return float(order * eta - np.log(2 * np.pi * order) / 2 - np.log(root) / 2 + np.log(terms))


@lru_cache(maxsize=4096)
def _debye_polynomials() -> tuple[Polynomial, ...]:
    weight, kernel = Polynomial([0, 0, 0.5, 0, -0.5]), Polynomial([0.125, 0, -0.625])
    polynomials = [Polynomial([1.0])]
    for _ in range(8):
        last = polynomials[-1]
        polynomials.append(weight * last.deriv() + (kernel * last).integ())
    return tuple(polynomials)
