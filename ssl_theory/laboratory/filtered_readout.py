r"""A place read off a filter's state by a linear map, and the band that it must lie in.

A calibrated filter believes in :math:`N(h_t, P_t)` whatever it has seen. Then no other linear map
of :math:`h_t` than that of the state itself foretells the place better, so that least squares find
it, and the place is :math:`L^\top h_t + c` but for

.. math::
    N(0,\; L^\top P_t L) \;+\; u,

``u`` being what no state explains: nothing where the place is linear in the state. Neither part is
measured on what the band is held against. [mikulasch2026ldm]
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.stats import norm

from ssl_theory.identifiability.least_squares import AffineMap, best_affine_map, r_squared

__all__ = ["FilteredReadout", "coverage", "half_width", "readout_r2"]

Array = NDArray[np.float64]
NOTHING = np.zeros(1)


@dataclass(frozen=True, eq=False)
class FilteredReadout:
    """Places ``(..., moments, coordinates)`` from states, and how far off they may be.

    ``unexplained`` holds values of ``u`` that are as likely as each other, of any coordinate.
    """

    map: AffineMap
    unexplained: Array

    @classmethod
    def fitted(
        cls, states: Array, places: Array, unexplained: Array = NOTHING
    ) -> "FilteredReadout":
        """By least squares over all films and moments."""
        return cls(best_affine_map(_rows(states), _rows(places)), unexplained)

    def __call__(self, states: Array) -> Array:
        return self.map(states)

    def deviations(self, spreads: Array) -> Array:
        """Of the place, ``(moments, coordinates)``, from those of the state alone."""
        variances = np.einsum("ic,tij,jc->tc", self.map.matrix, spreads, self.map.matrix)
        return np.asarray(np.sqrt(variances))

    def band(self, spreads: Array, level: float = 0.95) -> Array:
        """Half the width ``(moments, coordinates)`` of the band about what is read off."""
        deviations = self.deviations(spreads)
        widths = [half_width(s, self.unexplained, level) for s in deviations.ravel()]
        return np.reshape(widths, deviations.shape)


def half_width(deviation: float, unexplained: Array = NOTHING, level: float = 0.95) -> float:
    """How far from 0 a share ``level`` of ``N(0, deviation^2) + u`` reaches at most.

    >>> round(half_width(1.0), 4)
    1.96
    """

    def excess(half: float) -> float:
        above, below = ((sign * half - unexplained) / deviation for sign in (1, -1))
        return float(np.mean(norm.cdf(above) - norm.cdf(below))) - level

    farthest = float(np.abs(unexplained).max()) + deviation * float(norm.isf((1 - level) / 2))
    return float(brentq(excess, 0.0, farthest * (1 + 1e-9)))


def coverage(truth: Array, found: Array, band: Array) -> float:
    """The share of coordinates of places that lie within the band.

    >>> coverage(np.array([[0.0, 1.0]]), np.array([[0.5, 3.0]]), np.ones((1, 2)))
    0.5
    """
    return float((np.abs(truth - found) <= band).mean())


def readout_r2(truth: Array, found: Array) -> float:
    """Of the coordinate that is explained least."""
    return float(r_squared(_rows(truth), _rows(found)).min())


def _rows(array: Array) -> Array:
    return array.reshape(-1, array.shape[-1])
