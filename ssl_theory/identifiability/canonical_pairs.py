"""Directions of latents and of the representation that correlate in pairs."""

import numpy as np
from numpy.typing import NDArray

from ssl_theory.identifiability.columns import varies
from ssl_theory.identifiability.least_squares import AffineMap

__all__ = ["canonical_directions", "whitening"]

Matrix = NDArray[np.float64]


def canonical_directions(z: Matrix, h: Matrix) -> tuple[AffineMap, AffineMap]:
    """Maps of both to uncorrelated columns of mean 0 that correlate in pairs, strongest first.

    As many as the latents; where the representation has fewer directions, its last columns are 0.
    [hotelling1936relations]

    >>> z = np.array([[1.0, 1], [1, -1], [-1, 1], [-1, -1]])
    >>> one, other = canonical_directions(z, z @ [[3.0], [4.0]])
    >>> bool(np.allclose(one(z)[:, 0], other(z @ [[3.0], [4.0]])[:, 0]))
    True
    """
    one, other = whitening(z), whitening(h)
    left, _, right = np.linalg.svd(one(z).T @ other(h), full_matrices=True)
    d = z.shape[1]
    turned = other.matrix @ right.T[:, :d]
    turned = np.pad(turned, ((0, 0), (0, max(0, d - turned.shape[1]))))
    rotated = one.matrix @ left
    return AffineMap(rotated, -z.mean(0) @ rotated), AffineMap(turned, -h.mean(0) @ turned)


def whitening(x: Matrix) -> AffineMap:
    """To uncorrelated columns of mean square 1, as many as there are directions.

    >>> whitening(np.array([[0.0, 0], [2, 4]])).matrix.shape
    (2, 1)
    """
    scale = np.where(varies(x), np.ptp(x, axis=0), np.inf)
    _, sizes, right = np.linalg.svd((x - x.mean(0)) / scale, full_matrices=False)
    rank = int(np.sum(sizes > 1e-10 * max(sizes[0], np.finfo(np.float64).tiny)))
    matrix = right[:rank].T / sizes[:rank] * np.sqrt(len(x)) / scale[:, None]
    return AffineMap(matrix, -x.mean(0) @ matrix)
