"""A covariance drawn at random."""

import numpy as np
from numpy.typing import NDArray

__all__ = ["random_correlations"]


def random_correlations(d: int, generator: np.random.Generator) -> NDArray[np.float64]:
    """Variances of one with the correlations of a Wishart matrix of ``d + 2`` degrees of freedom.

    >>> random_correlations(1, np.random.default_rng(0)).tolist()
    [[1.0]]
    """
    normal = generator.standard_normal((d + 2, d))
    unit = normal / np.linalg.norm(normal, axis=0)
    correlations = unit.T @ unit
    np.fill_diagonal(correlations, 1)
    return correlations
