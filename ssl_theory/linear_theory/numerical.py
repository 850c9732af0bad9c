"""Optima without a formula, by descent from random starts: the second route to the others."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.optimize import OptimizeResult, minimize
from torch import Tensor

__all__ = ["Descent", "descend"]


class Descent(NamedTuple):
    """The best of several descents."""

    encoder: NDArray[np.float64]  # (keep, p)
    loss: float
    slope: float  # the largest entry of the gradient there
    losses: NDArray[np.float64]  # of every start: how many found the same value


def descend(
    loss: Callable[[Tensor], Tensor],
    shape: tuple[int, int],
    *,
    starts: int = 4,
    seed: int = 0,
    scale: float = 1.0,
    precision: float = 1e-14,
    also: Sequence[NDArray[np.float64]] = (),
) -> Descent:
    """Minimise a loss of an encoder ``(keep, p)`` by L-BFGS from random starts, and from others.

    The descent is restarted where it stopped until that gains no more than the ``precision`` of
    the loss: near an optimum L-BFGS declares success too early for five digits of ``W' W``.
    """
    generator = np.random.default_rng(seed)
    drawn = [generator.standard_normal(shape) * scale for _ in range(starts)]
    found = [_descend_again(loss, shape, start, precision) for start in (*drawn, *also)]
    best = min(found, key=lambda r: r.fun)
    losses = np.array([r.fun for r in found])
    return Descent(best.x.reshape(shape), float(best.fun), float(np.abs(best.jac).max()), losses)


def _descend_again(
    loss: Callable[[Tensor], Tensor],
    shape: tuple[int, int],
    start: NDArray[np.float64],
    precision: float,
) -> OptimizeResult:
    ftol = precision / 10 if precision > 1e-13 else 0.0
    options = {"maxiter": 5000, "maxfun": 10000, "ftol": ftol, "gtol": 1e-11, "maxcor": 30}
    flat, before = start.ravel(), np.inf
    for _ in range(20):
        result = minimize(
            _value_and_slope, flat, args=(loss, shape), jac=True, method="L-BFGS-B", options=options
        )
        gained, before = before - result.fun, result.fun
        flat = result.x
        if gained <= precision * max(1.0, abs(before)):
            break
    return result


def _value_and_slope(
    flat: NDArray[np.float64], loss: Callable[[Tensor], Tensor], shape: tuple[int, int]
) -> tuple[float, NDArray[np.float64]]:
    encoder = torch.from_numpy(flat.copy()).reshape(shape).requires_grad_()
    value = loss(encoder)
    if not torch.isfinite(value):
        return 1e300, np.zeros_like(flat)
    (slope,) = torch.autograd.grad(value, encoder)
    return value.item(), slope.numpy().ravel()
