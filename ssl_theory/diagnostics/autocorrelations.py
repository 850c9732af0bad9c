"""What the two views of an item share, direction by direction."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.linalg
from numpy.typing import NDArray

from ssl_theory.moments import PairMoments
from ssl_theory.nulls.jacobi import largest_ratio

__all__ = ["Autocorrelations", "autocorrelation_edge", "canonical_autocorrelations"]


@dataclass(frozen=True, eq=False)
class Autocorrelations:
    """Correlations of the pencil, largest first, and where those of unrelated views end."""

    values: NDArray[np.float64]  # (d,), between -1 and 1
    threshold: float  # exceeded by one or more of unrelated views as often as `level` says
    level: float

    @property
    def shared(self) -> int:
        """How many directions the views share beyond chance."""
        return int(np.sum(self.values > self.threshold))


def canonical_autocorrelations(z: Any, w: Any, *, level: float = 0.05) -> Autocorrelations:
    r"""The eigenvalues :math:`\rho` of :math:`\Gamma v = \rho \Sigma v`, for views in either order.

    :math:`\Sigma` pools the covariances within views, :math:`\Gamma` symmetrises that across: the
    pair that decides what linear encoders learn. They are the canonical correlations of views
    that are exchangeable, with a sign: negative where partners are opposite. Unchanged by any
    invertible affine map of both views, and by duplicates.

    Of unrelated views they fill an interval about 0 whose width :func:`autocorrelation_edge`
    tells. The largest is judged at second order: sum and difference of unrelated views are
    independent, so :math:`(1 + \rho) / (1 - \rho)` are ratios of two noise covariances.
    [wachter1980limiting] [johnstone2008jacobi]

    Parameters
    ----------
    z, w
        Two views ``(items, dimensions)`` of more items than dimensions.
    level
        How often unrelated views may seem to share a direction.

    Examples
    --------
    >>> z = np.random.default_rng(0).standard_normal((200, 5))
    >>> noise = np.random.default_rng(1).standard_normal((200, 5))
    >>> w = np.where(np.arange(5) < 2, z, noise)
    >>> canonical_autocorrelations(z, w).shared
    2
    """
    pair = PairMoments.of(z, w)
    n, d = pair.count, pair.dimension
    if n <= d:
        raise ValueError(
            f"`z` and `w` must hold more items than dimensions, got {n} items of {d}: such views "
            "predict each other perfectly by chance. Give more items."
        )
    sigma, gamma = pair.exchangeable()
    try:
        values = scipy.linalg.eigh(gamma, sigma, eigvals_only=True)[::-1]
    except np.linalg.LinAlgError:
        raise ValueError(
            f"`z` and `w` must vary in all {d} dimensions, got views that do not: along what does "
            "not vary no correlation is defined. Project onto the directions that vary."
        ) from None
    ratio = largest_ratio(n - 1, n, d, level=level) * (n - 1) / n
    return Autocorrelations(values.clip(-1, 1), (ratio - 1) / (ratio + 1), level)


def autocorrelation_edge(items: int, dimensions: int) -> float:
    r"""Where the autocorrelations of unrelated views end, in the limit: :math:`2\sqrt{a(1-a)}`.

    With :math:`a = d / (2n - 1)`; they begin at the opposite number. It is Wachter's edge for the
    space of sums in that of sums and differences. [wachter1980limiting]

    >>> round(autocorrelation_edge(1000, 10), 4)
    0.1411
    """
    if not 0 < dimensions < items:
        raise ValueError(
            f"`items` must exceed the dimensions, got {items} of {dimensions}: such views predict "
            "each other perfectly by chance. Give more items."
        )
    a = dimensions / (2 * items - 1)
    return 2 * (a * (1 - a)) ** 0.5
