"""What is known of two views in closed form because they are jointly normal."""

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "canonical_correlations",
    "gaussian_density_ratio",
    "gaussian_entropy",
    "gaussian_information",
]


def canonical_correlations(
    covariance: NDArray[np.float64],
    cross_covariance: NDArray[np.float64],
    partner_covariance: NDArray[np.float64],
) -> NDArray[np.float64]:
    r"""Singular values of :math:`L_x^{-1}\,\Gamma\,L_y^{-\top}`, largest first, where
    :math:`L_x L_x^\top` and :math:`L_y L_y^\top` are the covariances of the views.

    >>> canonical_correlations(4 * np.eye(1), np.eye(1), np.eye(1))
    array([0.5])
    """
    left = np.linalg.solve(np.linalg.cholesky(covariance), cross_covariance)
    whitened = np.linalg.solve(np.linalg.cholesky(partner_covariance), left.T)
    return np.linalg.svd(whitened, compute_uv=False).clip(max=1)


def gaussian_information(correlations: NDArray[np.float64]) -> float:
    r""":math:`-\tfrac12\sum\log(1-\rho_i^2)` nats; infinite where a correlation is one."""
    with np.errstate(divide="ignore"):
        return float(-np.log1p(-np.square(correlations)).sum() / 2)


def gaussian_entropy(covariance: NDArray[np.float64]) -> float:
    r""":math:`\tfrac12\log\det(2\pi e\,\Sigma)` nats."""
    return float(np.linalg.slogdet(2 * np.pi * np.e * covariance)[1] / 2)


def gaussian_density_ratio(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    covariance: NDArray[np.float64],
    cross_covariance: NDArray[np.float64],
    partner_covariance: NDArray[np.float64],
) -> NDArray[np.float64]:
    """``log p(x, y) / p(x) p(y)`` of centred views, row by row."""
    joint = np.block([[covariance, cross_covariance], [cross_covariance.T, partner_covariance]])
    both = _log_density(np.hstack([x, y]), joint)
    return both - _log_density(x, covariance) - _log_density(y, partner_covariance)


def _log_density(
    points: NDArray[np.float64], covariance: NDArray[np.float64]
) -> NDArray[np.float64]:
    root = np.linalg.cholesky(covariance)
    whitened = np.linalg.solve(root, points.T)
    volume = np.log(np.diag(root)).sum() + len(root) / 2 * np.log(2 * np.pi)
    return -np.square(whitened).sum(0) / 2 - volume
