"""The spectrum of a view as it is drawn: with noise of the same size, and along each direction."""

import numpy as np
from numpy.typing import NDArray

from ssl_theory.report.replicas import noise
from ssl_theory.report.value import Curve
from ssl_theory.report.view import View

__all__ = ["curve"]

WIDEST = 2048  # dimensions of which directions are found: their cost is cubic


def curve(view: View, partner: View | None = None) -> Curve:
    """Variances, the band of isotropic items, and what the principal directions are made of.

    The correlation of the two views along a direction of ``view`` is taken on the items drawn.
    """
    eigenvalues = view.spectrum.eigenvalues
    low = high = masses = shared = np.empty(0)
    if view.rank:
        low, high = noise(view.items, view.dimensions).band(float(eigenvalues.sum()))
        if view.dimensions <= WIDEST:
            directions = _directions(view)
            # Of a unit vector spread evenly over m coordinates, fourth powers sum to 1 / m.
            masses = 1 / np.sum(directions**4, axis=0)
            if partner is not None:
                shared = _correlations(view.sample @ directions, partner.sample @ directions)
    found = (low, high, masses, shared)
    return Curve(
        view.name,
        tuple(eigenvalues.tolist()),
        view.spectrum.floor,
        *(tuple(values.tolist()) for values in found),
    )


def _directions(view: View) -> NDArray[np.float64]:
    """The principal axes ``(d, rank)`` that vary by more than rounding, strongest first."""
    moments = view.moments
    if moments.items is None:
        _, axes = np.linalg.eigh(moments.covariance())
        return axes[:, ::-1][:, : view.rank]
    _, _, axes = np.linalg.svd(moments.items - moments.mean, full_matrices=False)
    return axes[: view.rank].T


def _correlations(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """Column by column; 0 where one of them is constant."""
    one, other = one - one.mean(0), other - other.mean(0)
    sizes = np.linalg.norm(one, axis=0) * np.linalg.norm(other, axis=0)
    products = np.einsum("ij,ij->j", one, other)
    return np.divide(products, sizes, out=np.zeros_like(products), where=sizes > 0).clip(-1, 1)
