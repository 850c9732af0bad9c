"""How much less two views surprise together than views of unrelated items would."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import pdist, squareform

from ssl_theory.arrays import check_embeddings
from ssl_theory.diagnostics.rank import hill_number

__all__ = ["dime", "gaussian_gram", "joint_matrix_entropy"]


def dime(
    z: Any,
    w: Any,
    *,
    bandwidth: float | None = None,
    order: float = 1.0,
    draws: int = 20,
    seed: int = 0,
) -> float:
    r"""The difference of matrix entropies: a mutual information of views, in nats.

    .. math:: E_\Pi\, S_\alpha(K_z \circ \Pi K_w \Pi^\top) - S_\alpha(K_z \circ K_w),

    the joint entropy of items matched at random less that of partners. Unrelated views have mean
    0 whatever the kernels, since any matching is as good as theirs; so the bias of a matrix entropy
    needs no correction. Unchanged by isometries of either view, and by default by its units.
    [skean2023dime]

    Parameters
    ----------
    z, w
        Embeddings ``(items, dimensions)`` of the same items; the dimensions may differ.
    bandwidth
        Of the Gaussian kernels, the ``s`` of ``exp(-|z_i - z_j|^2 / 2 s^2)``; by default the root
        of half the mean squared distance, of each view its own.
    order
        The ``alpha`` above, 1 for von Neumann's entropy; 1.01 in the paper.
    draws
        Matchings over which the expectation is taken. Each costs the eigenvalues of an
        ``(items, items)`` matrix.

    Examples
    --------
    Two clusters that both views show: of three ways to pair four items up, one is theirs.

    >>> z = np.array([[0.0], [0.0], [1.0], [1.0]])
    >>> found = dime(z, z, bandwidth=0.01, draws=2000) / float(np.log(2))
    >>> abs(found - 2 / 3) < 0.05
    True
    """
    one, other = gaussian_gram(z, bandwidth, "z"), gaussian_gram(w, bandwidth, "w")
    if len(one) != len(other):
        raise ValueError(
            f"`z` and `w` must represent the same items, got {len(one)} and {len(other)} of them: "
            "row i of one is the partner of row i of the other. Drop the items without one."
        )
    if draws < 1:
        raise ValueError(f"`draws` must be at least 1, got {draws}. Use 20.")
    generator = np.random.default_rng(seed)
    matchings = (generator.permutation(len(one)) for _ in range(draws))
    chance = [joint_matrix_entropy(one, other[np.ix_(p, p)], order=order) for p in matchings]
    return float(np.mean(chance) - joint_matrix_entropy(one, other, order=order))


def joint_matrix_entropy(
    one: NDArray[np.float64], other: NDArray[np.float64], *, order: float = 1.0
) -> float:
    """The Renyi entropy of the eigenvalues of the product of two Gram matrices, entry by entry.

    Of kernels with ``k(x, x) = 1``, so that the eigenvalues over ``n`` are shares. With a constant
    second matrix, the entropy of the first alone. [giraldo2015measures]

    >>> round(joint_matrix_entropy(np.eye(4), np.ones((4, 4))) / float(np.log(4)), 12)
    1.0
    """
    shares = np.linalg.eigvalsh(one * other / len(one))
    rounding = len(one) * np.finfo(np.float64).eps
    shares = shares[shares > rounding]
    return float(np.log(hill_number(shares / shares.sum(), order)))


def gaussian_gram(z: Any, bandwidth: float | None = None, name: str = "z") -> NDArray[np.float64]:
    """The Gaussian kernel of all pairs of items; 1 on the diagonal."""
    if bandwidth is not None and not bandwidth > 0:
        raise ValueError(f"`bandwidth` must be positive, got {bandwidth}. Leave it out.")
    squares = pdist(np.asarray(check_embeddings(z, name), np.float64), "sqeuclidean")
    scale = squares.mean() if bandwidth is None else 2 * bandwidth**2
    if not scale > 0:
        raise ValueError(
            f"`{name}` must vary, got equal items: they have no distance to scale a kernel by. "
            "Pass a bandwidth."
        )
    return np.exp(-squareform(squares) / scale)
