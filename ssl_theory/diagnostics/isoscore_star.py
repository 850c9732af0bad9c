"""How evenly a stabilised covariance fills the dimensions: IsoScore of few items."""

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from ssl_theory.diagnostics.fourth_moments import FourthMoments
from ssl_theory.moments import Moments

__all__ = ["isoscore_star", "isotropic_isoscore_star"]


def isoscore_star(
    z: Any,
    *,
    shrinkage: float = 0.2,
    target: Literal["isotropic", "identity"] | NDArray[np.float64] | Moments = "isotropic",
) -> float:
    r"""IsoScore of :math:`(1 - \zeta) S + \zeta C_0`, a covariance pulled towards a target.

    The participation ratio of that matrix, less 1 and over ``d - 1``; no eigenvalues are needed.
    Towards an isotropic target the inverse ratio is a mean,
    :math:`1/r_2^* = (1 - \zeta)^2 / r_2 + (1 - (1 - \zeta)^2) / d`, so that it ranks samples of
    equal dimension as :func:`~ssl_theory.diagnostics.participation.isoscore` does, only closer
    together, and no item more makes the pull go away: what it estimates is a property of the
    population *and* of the target. [rudman2024stable]

    ==========  ====================================  =========================================
    target      :math:`C_0`                           who uses it
    ==========  ====================================  =========================================
    isotropic   the mean variance times the identity  this package
    identity    the identity, whatever the units      the paper's code, without a larger sample
    a matrix,   a covariance of more items            the paper, of a larger sample of the same
    or Moments                                        layer
    ==========  ====================================  =========================================

    Unchanged by rotation, translation and duplicates (of the covariance that divides by ``n``;
    this one divides by ``n - 1``, which only ``identity`` notices), and by units unless the target
    has its own. On noise, see :func:`isotropic_isoscore_star`. Costs ``n d min(n, d)``.

    Parameters
    ----------
    z
        Embeddings ``(items, dimensions)`` or their moments.
    shrinkage
        The share :math:`\zeta` of the target: 0 for IsoScore as published first.
    target
        A row of the table.

    Examples
    --------
    A line in two dimensions, half way to a disc, has variances 3 and 1:

    >>> round(isoscore_star([[1.0, 0.0], [-1.0, 0.0]], shrinkage=0.5), 12)
    0.6
    """
    if not 0 <= shrinkage <= 1:
        raise ValueError(f"`shrinkage` must lie between 0 and 1, got {shrinkage}. Use 0.2.")
    moments = z if isinstance(z, Moments) else Moments.of(z)
    d = moments.dimension
    if d < 2:
        raise ValueError(
            f"`z` must have at least 2 dimensions, got {d}: on a line there is nothing to fill. "
            "Use participation_ratio."
        )
    with np.errstate(over="ignore"):
        trace, squares = _shrunk_traces(moments, shrinkage, target)
    if not trace > 0:
        raise ValueError(
            f"`z` must vary, got {moments.count} items that coincide: no variance fills any "
            'dimension. Treat this as 0, or pass target="identity".'
        )
    if not 0 < squares < np.inf:
        raise ValueError(
            f"`z` must have variances with squares, got a total variance of {trace:.3g}. Divide it "
            "by its size."
        )
    return (trace * trace / squares - 1) / (d - 1)


def isotropic_isoscore_star(items: int, dimensions: int, *, shrinkage: float = 0.2) -> float:
    r"""About what :func:`isoscore_star` is of isotropic Gaussian items, the target isotropic.

    From the mean of the inverse participation ratio, :math:`E[1/r_2] = (n' + d + 1)/(n' d + 2)` at
    :math:`n' = n - 1` degrees of freedom, which is exact.

    >>> isotropic_isoscore_star(10, 5, shrinkage=1.0)
    1.0
    """
    degrees, d = items - 1, dimensions
    kept = (1 - shrinkage) ** 2
    inverse = kept * (degrees + d + 1) / (degrees * d + 2) + (1 - kept) / d
    return (1 / inverse - 1) / (d - 1)


def _shrunk_traces(
    moments: Moments, share: float, target: str | NDArray[np.float64] | Moments
) -> tuple[float, float]:
    """Of the shrunk covariance, and of its square."""
    d = moments.dimension
    if isinstance(target, str):
        if target not in ("isotropic", "identity"):
            raise ValueError(
                f'`target` must be "isotropic", "identity", a covariance or Moments, got '
                f"{target!r}. Use the isotropic one."
            )
        trace, squares = FourthMoments(moments, np.zeros(d), 0.0).traces()
        level = trace / d if target == "isotropic" else 1.0
        mixed = (1 - share) ** 2 * squares + 2 * share * (1 - share) * level * trace
        return (1 - share) * trace + share * level * d, mixed + share**2 * level * level * d
    found = target.covariance() if isinstance(target, Moments) else np.asarray(target, np.float64)
    if found.shape != (d, d):
        raise ValueError(
            f"`target` must have shape {(d, d)} as the covariance of `z`, got {found.shape}. "
            "Take it from the same layer."
        )
    shrunk = (1 - share) * moments.covariance() + share * found
    return float(np.trace(shrunk)), float(np.square(shrunk).sum())
