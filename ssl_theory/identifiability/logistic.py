"""Logistic regression with a ridge, and what its ranking is worth."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, log_expit
from scipy.stats import rankdata

from ssl_theory.identifiability.least_squares import AffineMap

__all__ = ["area_under_curve", "best_logit"]

Matrix = NDArray[np.float64]


def best_logit(x: Matrix, positive: NDArray[np.bool_], *, penalty: float = 1.0) -> AffineMap:
    r"""The affine logit :math:`a` that minimises the log loss and a ridge on its weights.

    .. math:: -\sum_i \log\sigma(\pm a(x_i)) + \tfrac12 \lambda |w|^2

    >>> x = np.array([[-1.0], [1.0], [-1.0], [1.0]])
    >>> bool(best_logit(x, np.array([False, True, False, True])).matrix[0, 0] > 0)
    True
    """
    signs = np.where(positive, 1.0, -1.0)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        slope, offset = weights[:-1], weights[-1]
        margins = signs * (x @ slope + offset)
        pull = -signs * expit(-margins)
        value = -log_expit(margins).sum() + penalty / 2 * slope @ slope
        return value, np.append(x.T @ pull + penalty * slope, pull.sum())

    found = minimize(
        loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B", options={"gtol": 1e-6}
    ).x
    return AffineMap(found[:-1, None], found[-1:])


def area_under_curve(scores: NDArray[np.float64], positive: NDArray[np.bool_]) -> float:
    """The probability that a positive item scores above a negative one, ties as halves.

    >>> area_under_curve(np.array([0.1, 0.4, 0.35, 0.8]), np.array([False, False, True, True]))
    0.75
    """
    yes, no = int(positive.sum()), int((~positive).sum())
    if not (yes and no):
        raise ValueError(
            f"`positive` must hold both kinds, got {yes} positive and {no} negative items. Give "
            "more items, or fewer classes."
        )
    return float((rankdata(scores)[positive].sum() - yes * (yes + 1) / 2) / (yes * no))
