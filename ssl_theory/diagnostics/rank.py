"""How many dimensions the embeddings use."""

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from ssl_theory.diagnostics.spectrum import Spectrum, spectrum

__all__ = ["effective_rank", "hill_number", "isotropic_rank"]


def effective_rank(
    z: Any,
    *,
    order: float = 1.0,
    of: Literal["variance", "deviation"] = "variance",
    centred: bool = True,
) -> float:
    r"""The number of equally strong directions that would spread ``z`` as it is spread.

    Let :math:`p_a` be the share of the ``a``-th principal axis in the total variance, or in the
    total standard deviation. The effective rank is the Hill number of those shares,

    .. math::
        r_q = \Bigl(\sum_a p_a^q\Bigr)^{1/(1-q)},
        \qquad r_1 = \exp\Bigl(-\sum_a p_a \log p_a\Bigr),

    which falls as ``q`` grows. Most ranks in the literature are one of these:

    =====================================  =======  ===========  =======
    name                                   order    of           centred
    =====================================  =======  ===========  =======
    rank                                   0        either       either
    RankMe [garrido2023rankme]             1        deviation    no
    effective rank [roy2007effective]      1        deviation    as given
    entropy rank, matrix entropy           1        variance     yes
    participation ratio                    2        variance     yes
    stable rank, NESum [he2022exploring]   inf      variance     yes
    =====================================  =======  ===========  =======

    Axes whose variance is within rounding of zero do not count, so that no ``epsilon`` is needed:
    RankMe's published ``1e-7`` makes an isotropic matrix count more directions than it has.

    Parameters
    ----------
    z
        Embeddings ``(items, dimensions)``, their ``Moments``, or a ``Spectrum`` of them.
    order
        The ``q`` above, at least 0. Larger orders ignore weak directions.
    of
        Whether a direction counts by its variance or by its standard deviation.
    centred
        Whether the mean is taken off first (ignored for a ``Spectrum``, which has decided).

    Returns
    -------
    float
        Between 1 and the resolved rank. Biased low when items are few: see
        :func:`isotropic_rank`.

    Raises
    ------
    ValueError
        If all items coincide: no direction carries variance, so no share is defined.

    Examples
    --------
    Two axes of equal variance count as two; a much weaker third adds little.

    >>> z = [[1., 0, 0], [-1., 0, 0], [0, 1., 0], [0, -1., 0], [0, 0, 0.1], [0, 0, -0.1]]
    >>> round(effective_rank(z), 3), round(effective_rank(z, order=2), 3)
    (2.057, 2.02)
    """
    if of not in ("variance", "deviation"):
        raise ValueError(f'`of` must be "variance" or "deviation", got {of!r}. Say what counts.')
    found = z if isinstance(z, Spectrum) else spectrum(z, centred=centred)
    if not found.resolved_rank:
        raise ValueError(
            f"`z` must vary by more than rounding, got {found.count} items that coincide: the "
            "embeddings have collapsed to a point, and shares of zero variance are undefined. "
            "Treat this as rank 0."
        )
    sizes = found.resolved if of == "variance" else np.sqrt(found.resolved)
    return hill_number(sizes / sizes.sum(), order)


def hill_number(shares: NDArray[np.float64], order: float) -> float:
    """The effective number of positive ``shares`` that sum to one.

    >>> hill_number(np.array([0.5, 0.25, 0.25]), 0)
    3.0
    """
    if not order >= 0:
        raise ValueError(f"`order` must be at least 0, got {order}. Use 1 if in doubt.")
    if order == 1:
        return float(np.exp(-np.sum(shares * np.log(shares))))
    if order == np.inf:
        return float(1 / shares.max())
    return float(np.sum(shares**order) ** (1 / (1 - order)))


def isotropic_rank(items: int, dimensions: int) -> float:
    """About the effective rank that isotropic Gaussian embeddings of this size show.

    Below ``dimensions``, because few items spread unevenly by chance: Page's law for large
    matrices, with the degree of freedom that removing the mean takes. [page1993average]

    >>> round(isotropic_rank(101, 50), 2)
    38.94
    """
    fewer, more = sorted((items - 1, dimensions))
    return max(1.0, fewer * float(np.exp(-fewer / (2 * more))))
