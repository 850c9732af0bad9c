"""Which directions of two representations agree, whatever their axes and scales."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ssl_theory.diagnostics.same_items import centred_representations

__all__ = ["canonical_correlations", "projection_weighted_cca", "svcca"]


def canonical_correlations(z: Any, w: Any) -> NDArray[np.float64]:
    r"""The correlations of the pairs of directions that correlate most, largest first.

    The cosines of the angles between the spaces that the columns span. Invertible linear maps of
    either representation change nothing. Of independent ones the squares have mean
    ``max(d_1, d_2) / (n - 1)`` and lie between
    :func:`~ssl_theory.nulls.wachter.canonical_edges`. [hotelling1936relations]

    >>> z = np.array([[1.0, 1], [1, -1], [-1, 1], [-1, -1]])
    >>> canonical_correlations(z, z @ [[3.0], [4.0]]).round(12).tolist()
    [1.0]
    """
    return _correlations(*(_basis(x) for x in centred_representations(z, w)))


def svcca(z: Any, w: Any, *, keep: float = 0.99) -> float:
    """The mean canonical correlation of the strongest directions of each representation.

    Those that hold a share ``keep`` of the variance; 0.99 in the paper. [raghu2017svcca]

    >>> z = np.array([[1.0, 1], [1, -1], [-1, 1], [-1, -1]])
    >>> svcca(z, z[:, :1])
    1.0
    """
    if not 0 < keep <= 1:
        raise ValueError(f"`keep` must lie in (0, 1], got {keep}. Use 0.99.")
    bases = (_basis(x, keep) for x in centred_representations(z, w))
    return float(_correlations(*bases).mean())


def projection_weighted_cca(z: Any, w: Any) -> float:
    """The mean canonical correlation, each weighted by how much of ``z`` its direction carries.

    A direction of ``z`` weighs the sum of the sizes of its products with the coordinates of
    ``z``. So the axes of the first representation matter, and exchanging the two changes the
    value. [morcos2018insights]

    >>> z = np.array([[1.0, 1], [1, -1], [-1, 1], [-1, -1], [0, 0]])
    >>> round(projection_weighted_cca(z, 2 * z + 1), 12)
    1.0
    """
    z, w = centred_representations(z, w)
    one, other = _basis(z), _basis(w)
    _check_room(one, other)
    directions, correlations, _ = np.linalg.svd(one.T @ other, full_matrices=False)
    weights = np.abs(z.T @ (one @ directions)).sum(0)
    return float(weights @ correlations.clip(max=1) / weights.sum())


def _basis(x: NDArray[np.float64], keep: float = 1.0) -> NDArray[np.float64]:
    """Orthonormal columns that span those of ``x``, or the strongest of its directions."""
    left, sizes, _ = np.linalg.svd(x, full_matrices=False)
    rank = int(np.sum(sizes > max(x.shape) * np.finfo(np.float64).eps * sizes[0]))
    shares = np.cumsum(sizes[:rank] ** 2) / np.sum(sizes[:rank] ** 2)
    return left[:, : min(rank, int(np.searchsorted(shares, keep * (1 - 1e-12))) + 1)]


def _correlations(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    _check_room(one, other)
    return np.linalg.svd(one.T @ other, compute_uv=False).clip(max=1)


def _check_room(one: NDArray[np.float64], other: NDArray[np.float64]) -> None:
    n, (first, second) = len(one), (one.shape[1], other.shape[1])
    if first + second > n - 1:
        raise ValueError(
            f"`z` and `w` must span fewer directions together than there are items, got {first} "
            f"and {second} of {n} items: some correlations would be 1 whatever "
            "the items. Give more items, or keep fewer directions."
        )
