"""The dimension around each item, and its average."""

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from ssl_theory.diagnostics.neighbours import Duplicates, distinct_rows, nearest_neighbours

__all__ = ["intrinsic_dimension", "local_dimensions"]


def local_dimensions(
    z: Any,
    *,
    neighbours: int = 20,
    unbiased: bool = False,
    duplicates: Duplicates = "refuse",
) -> NDArray[np.float64]:
    r"""The dimension in which the neighbours of each item would be spread evenly around it.

    .. math:: d_i = \Bigl(\frac1{k-1} \sum_{j<k} \log \frac{r_k(i)}{r_j(i)}\Bigr)^{-1},

    the maximum of the likelihood, as Hill's estimator of a tail. [levina2004maximum] With
    ``k - 2`` for ``k - 1`` the dimension itself is unbiased (``unbiased``), without, its inverse.
    Some items whose value is low betray a collapse that no spectrum sees. Unchanged by isometries
    and units, not by other linear maps. [huang2024ldreg]

    Parameters
    ----------
    z
        Embeddings ``(items, dimensions)``.
    neighbours
        The ``k`` above, at least 2, or 3 if unbiased.
    duplicates
        What to do about equal items, at whose distance the logarithm is infinite; one of each
        stays in sorted order if they are dropped.

    Examples
    --------
    Neighbours at 1 and e are spread as on a line:

    >>> float(local_dimensions([[0.0], [1.0], [-np.e]], neighbours=2)[0])
    1.0
    """
    fewest = 3 if unbiased else 2
    if neighbours < fewest:
        raise ValueError(
            f"`neighbours` must be at least {fewest}, got {neighbours}: one distance has no ratio "
            "to itself. Use 10 to 100."
        )
    z = distinct_rows(z, duplicates)
    logs = np.log(nearest_neighbours(z, neighbours)[0])
    sums = (logs[:, -1:] - logs).sum(1)
    with np.errstate(divide="ignore"):  # all neighbours equally far, as in no finite dimension
        return (neighbours - fewest + 1) / sums


def intrinsic_dimension(
    z: Any,
    *,
    neighbours: int = 20,
    average: Literal["harmonic", "geometric", "arithmetic"] = "harmonic",
    unbiased: bool = False,
    duplicates: Duplicates = "refuse",
) -> float:
    """The average of :func:`local_dimensions`.

    ``harmonic`` is the likelihood of all items at once, and best with few neighbours
    [mackay2005comments]; ``arithmetic`` the first proposal [levina2004maximum]; ``geometric``
    the middle of local laws in Fisher and Rao's metric [huang2024ldreg].

    >>> z = np.random.default_rng(0).uniform(size=(2000, 2)) @ [[1.0, 2, 0], [0, 1, 3]]
    >>> round(intrinsic_dimension(z, neighbours=10))
    2
    """
    found = local_dimensions(z, neighbours=neighbours, unbiased=unbiased, duplicates=duplicates)
    if average == "harmonic":
        return float(1 / np.mean(1 / found))
    if average == "geometric":
        return float(np.exp(np.mean(np.log(found))))
    if average == "arithmetic":
        return float(np.mean(found))
    raise ValueError(
        f'`average` must be "harmonic", "geometric" or "arithmetic", got {average!r}. Use harmonic.'
    )
