"""How early the spectrum is used up."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ssl_theory.diagnostics.spectrum import Spectrum, spectrum
from ssl_theory.diagnostics.unit_rows import unit_rows

__all__ = ["directions_for", "explained_variance_area"]


def explained_variance_area(z: Any, *, of: str = "deviation", normalise: bool = True) -> float:
    r"""The area under the cumulated shares: the mean over ``k`` of the share of the first ``k``.

    It is :math:`(d + 1) / 2d` where all directions are equal and 1 where there is one. The paper
    cumulates singular values (``of="deviation"``), not the variances its name says, of rows
    brought to length 1 and centred. [li2022understanding]

    With unit rows, unchanged by the length of each item. Always unchanged by rotation, units
    of length and duplicates, and unless rows are brought to length 1, by translation.

    Parameters
    ----------
    z
        Embeddings ``(items, dimensions)``.
    of
        ``"deviation"`` as published, or ``"variance"``.
    normalise
        Whether rows are brought to length 1 first, as published (with 1e-6 added to the length
        there, and nothing here).

    Examples
    --------
    >>> cross = [[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]]
    >>> round(explained_variance_area(cross), 12)
    0.75
    """
    found = spectrum(unit_rows(z) if normalise else z)
    cumulated = np.cumsum(_shares(found, of))
    # Directions beyond the resolved ones add nothing: the curve stays at 1.
    return float((cumulated.sum() + found.dimension - len(cumulated)) / found.dimension)


def directions_for(share: float, z: Any, *, of: str = "deviation", centred: bool = False) -> int:
    r"""The fewest directions with that ``share`` of the total.

    Of deviations, uncentred, with a share of 0.99, it is the effective rank srank of
    [kumar2021implicit]; of variances, centred, the usual count of principal components. Biased
    low for few items, like every rank.

    >>> directions_for(0.5, np.eye(10))
    5
    """
    if not 0 < share <= 1:
        raise ValueError(f"`share` must lie in (0, 1], got {share}. Use 0.99.")
    found = z if isinstance(z, Spectrum) else spectrum(z, centred=centred)
    cumulated = np.cumsum(_shares(found, of))
    return int(np.searchsorted(cumulated, share * (1 - 1e-12))) + 1


def _shares(found: Spectrum, of: str) -> NDArray[np.float64]:
    if of not in ("variance", "deviation"):
        raise ValueError(f'`of` must be "variance" or "deviation", got {of!r}. Say what adds up.')
    if not found.resolved_rank:
        raise ValueError(
            f"`z` must vary by more than rounding, got {found.count} items that coincide: shares "
            "of nothing are undefined. Treat this as no direction."
        )
    sizes = found.resolved if of == "variance" else np.sqrt(found.resolved)
    return sizes / sizes.sum()
