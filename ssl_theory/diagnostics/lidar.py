"""How many directions tell items apart better than their views differ."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh

from ssl_theory.arrays import check_embeddings, check_partners
from ssl_theory.diagnostics.rank import hill_number
from ssl_theory.nulls.jacobi import largest_ratio

__all__ = ["corrected_lidar", "discriminant_ratios", "lidar"]


def lidar(views: Any, *, delta: float = 1e-4) -> float:
    r"""The effective rank of the differences between items, in units of those between views.

    The exponential of the entropy of the shares of the eigenvalues of
    :math:`S_w^{-1/2} S_b S_w^{-1/2}`, the matrix of linear discriminant analysis with every item a
    class of its own. As published [thilak2024lidar] but for the ``1e-8`` that its code adds to the
    shares, which 0 log 0 = 0 makes superfluous.

    Means of ``v`` views vary by :math:`S_w / v` even where items do not differ, evenly along all
    directions, so that *pure noise, or views grouped wrongly, has nearly the highest value*: use
    it beside :func:`corrected_lidar`.

    Unchanged by rotation and translation of the embeddings, and as ``delta`` vanishes by any
    invertible linear map. Costs one pass and the eigenvalues of a pencil of ``dimensions``.

    Parameters
    ----------
    views
        Embeddings ``(views, items, dimensions)``: row ``i`` of every view shows item ``i``.
    delta
        What is added to the variances within items; 1e-4 in the paper.

    Returns
    -------
    float
        Between 1 and ``min(items - 1, dimensions)``.

    Examples
    --------
    Two items that differ along one direction:

    >>> views = [[[0.0, 1.0], [5.0, -1.0]], [[0.0, -1.0], [5.0, 1.0]]]
    >>> round(lidar(views), 12)
    1.0
    """
    ratios = discriminant_ratios(views, delta=delta)
    if not ratios.sum() > 0:
        raise ValueError(
            "`views` must show items that differ, got equal means of all items: no direction "
            "discriminates, so no share is defined. Treat this as rank 0."
        )
    shares = ratios[ratios > 0] / ratios.sum()
    return hill_number(shares, 1)


def corrected_lidar(views: Any, *, level: float = 0.01) -> float:
    r"""LiDAR of what items differ by beyond chance; 0 if that is nothing.

    An eigenvalue counts if it is above what the largest one of noise exceeds with probability
    ``level``, and by its excess over the :math:`1/v` that the mean of ``v`` views of noise has.
    The law of noise is exact for Gaussian views whatever their covariance, since no linear map of
    the embeddings changes the ratios; heavy tails move its edge outwards.

    Parameters
    ----------
    views
        Embeddings ``(views, items, dimensions)``, at least ``dimensions / (views - 1)`` items.
    level
        How often pure noise may count as one direction or more.

    Examples
    --------
    Noise in 20 dimensions is nearly as good as it gets before the correction, and nothing after.

    >>> noise = np.random.default_rng(0).standard_normal((10, 1000, 20))
    >>> lidar(noise) > 19, corrected_lidar(noise)
    (True, 0.0)
    """
    z = _checked(views)
    v, n, d = z.shape
    edge = largest_ratio(n - 1, n * (v - 1), d, level=level) / v
    ratios = discriminant_ratios(z, delta=0.0)
    excess = ratios[ratios > edge] - 1 / v
    return hill_number(excess / excess.sum(), 1) if len(excess) else 0.0


def discriminant_ratios(views: Any, *, delta: float = 0.0) -> NDArray[np.float64]:
    r"""The variances between means of items in units of those within items, largest first.

    The eigenvalues of :math:`(S_w + \delta I)^{-1} S_b`, both covariances unbiased. Times the
    number of views, the F ratios of a multivariate analysis of variance.
    """
    z = _checked(views)
    v, n, d = z.shape
    means = z.mean(0)
    apart = means - means.mean(0)
    between = apart.T @ apart / (n - 1)
    within = sum((view - means).T @ (view - means) for view in z) / (n * (v - 1))
    try:
        ratios = eigh(between, within + delta * np.eye(d), eigvals_only=True)
    except np.linalg.LinAlgError:
        raise ValueError(
            "`views` must differ in every direction, got a singular covariance within items: "
            "ratios to no variance are infinite. Give more views or items, or a positive `delta`."
        ) from None
    return ratios[::-1][: min(n - 1, d)].clip(min=0)


def _checked(views: Any) -> NDArray[np.float64]:
    found = [np.asarray(check_embeddings(view, "views"), np.float64) for view in views]
    if len(found) < 2:
        raise ValueError(
            f"`views` must hold at least 2 views of each item, got {len(found)}: nothing tells "
            "how much views differ. Pass an array (views, items, dimensions)."
        )
    for view in found[1:]:
        check_partners(found[0].shape, view.shape)
    return np.stack(found)
