r"""How the variance of each canonical direction grows under gradient flow.

If a linear encoder starts on the canonical directions it stays there, and its squared lengths
``s = w^2`` move apart from each other, each uphill on its own gain:

.. math:: \dot w = \frac{\partial}{\partial w} g(w^2, \rho),
    \qquad \dot s = 4 s \, \frac{\partial g}{\partial s}(s, \rho).

Where the right side is linear in ``s``, as with log determinants, the approach is exponential;
where it is ``a s (1 - s / s^*)``, as with spectral contrast and with ``|W G W' - I|^2``, the
curve is logistic, and directions are learned one after another. [simon2023stepwise]
"""

from functools import cache

import numpy as np
import sympy as sp
from numpy.typing import ArrayLike, NDArray
from scipy.integrate import solve_ivp

from ssl_theory.linear_theory.spectral_filter import SpectralFilter, numbers, rho, s

__all__ = ["critical_times", "growth_rates", "learning_curves"]

Vector = NDArray[np.float64]


def learning_curves(
    known: SpectralFilter, autocorrelations: ArrayLike, times: ArrayLike, *, start: float
) -> NDArray[np.float64]:
    """``s`` at each of the ``times`` (rows) of each direction (columns), all from ``start``.

    In closed form where the flow is linear or logistic, and integrated otherwise.

    >>> from ssl_theory.linear_theory import filters
    >>> curves = learning_curves(filters.spectral_contrastive(), [0.5], [0, 1, 9], start=0.01)
    >>> curves.round(3).tolist()
    [[0.01], [0.264], [0.5]]
    """
    values, moments = np.asarray(autocorrelations, dtype=float), np.asarray(times, dtype=float)
    if not start > 0:
        raise ValueError(
            f"`start` must be positive, got {start}: a direction without variance never gains "
            "any. Use a small one."
        )
    flow = _flow(known)
    columns = [_curve(flow, value, moments, start) for value in values]
    return np.stack(columns, axis=1)


def growth_rates(known: SpectralFilter, autocorrelations: ArrayLike) -> Vector:
    """``d log w / dt`` of a vanishing encoder: a direction that starts small is lost if negative.

    Infinite for entropies that diverge. Of a kernel density it is ``2 rho / variance`` with one
    entropy, the linearised contrastive loss whose negative directions collapse.
    [jing2022collapse]
    """
    slope = sp.limit(sp.diff(numbers(known.gain), s), s, 0, "+")
    rate = sp.lambdify(rho, 2 * slope + 0 * rho, "numpy")
    values = np.asarray(autocorrelations, dtype=float)
    return np.broadcast_to(np.asarray(rate(values), dtype=float), values.shape).copy()


def critical_times(known: SpectralFilter, autocorrelations: ArrayLike, *, start: float) -> Vector:
    """When a direction that follows a logistic curve is halfway; never if it is lost.

    From a small random encoder, ``start`` is the squared length of what of the direction's image
    is orthogonal to those of faster directions.

    >>> from ssl_theory.linear_theory import filters
    >>> critical_times(filters.spectral_contrastive(), [0.5, -0.1], start=0.01).round(3).tolist()
    [0.973, inf]
    """
    constant, linear, square = _coefficients(_flow(known), np.asarray(autocorrelations, float))
    if constant.any() or not square.any():
        raise ValueError(
            f"`known` must have a logistic curve, got `{known.name}`: only such a curve has a time "
            "at which it is halfway up from nothing. Read it off learning_curves."
        )
    with np.errstate(divide="ignore", invalid="ignore"):
        full = -linear / square
        return np.where(full > 2 * start, np.log(full / start - 1) / linear, np.inf)


@cache
def _flow(known: SpectralFilter) -> sp.Expr:
    if known.constrained:
        raise ValueError(
            f"`known` must be a filter that an objective prefers, got `{known.name}`, which is "
            "imposed: nothing flows. Choose a soft objective."
        )
    return sp.expand(sp.simplify(4 * s * sp.diff(numbers(known.gain), s)))


def _coefficients(flow: sp.Expr, values: Vector) -> NDArray[np.float64]:
    """Of one, ``s`` and ``s^2`` for each ``rho``; NaN if the flow is no such polynomial."""
    if not flow.is_polynomial(s) or sp.degree(flow, s) > 2:
        return np.full((3, len(values)), np.nan)
    each = [sp.lambdify(rho, flow.coeff(s, k), "numpy")(values) for k in range(3)]
    return np.stack([np.broadcast_to(np.asarray(c, dtype=float), values.shape) for c in each])


def _curve(flow: sp.Expr, value: float, times: Vector, start: float) -> Vector:
    constant, linear, square = _coefficients(flow, np.array([value]))[:, 0]
    if square == 0 and linear < 0:
        full = -constant / linear
        return full + (start - full) * np.exp(linear * times)
    if constant == 0 and linear != 0:
        with np.errstate(over="ignore"):
            fade = np.exp(-linear * times)
        return linear * start / ((linear + square * start) * fade - square * start)
    slope = sp.lambdify(s, (flow / s).subs(rho, value), "math")
    solved = solve_ivp(  # of log s, which cannot become negative
        lambda _, y: [slope(np.exp(y[0]))], (0, max(times.max(), 1e-300)), [np.log(start)],
        t_eval=np.sort(times), method="LSODA", rtol=1e-10, atol=1e-12,
    )  # fmt: skip
    return np.exp(solved.y[0])[np.argsort(np.argsort(times))]
