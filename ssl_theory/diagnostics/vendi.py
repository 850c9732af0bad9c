"""How many different items there are, by how similar each is to each."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ssl_theory.arrays import check_embeddings
from ssl_theory.diagnostics.dime import gaussian_gram
from ssl_theory.diagnostics.kernel_sums import gaussian_kernel_sum, mean_squared_distance
from ssl_theory.diagnostics.rank import effective_rank, hill_number
from ssl_theory.diagnostics.unit_rows import unit_rows

__all__ = ["rke_score", "uniform_rke", "vendi_score"]

Kernel = str | Callable[[Any], NDArray[np.float64]]


def vendi_score(
    z: Any, *, kernel: Kernel = "cosine", order: float = 1.0, bandwidth: float | None = None
) -> float:
    r"""The Hill number of the eigenvalues of ``K / n``, with a kernel that is 1 on the diagonal.

    1 if all items are alike to the kernel, ``n`` if none is like another. [friedman2023vendi]
    Other orders weigh rare items more (below 1) or less (above). [pasarkar2024cousins]

    ========  ====================================  ============================================
    kernel    k(x, y)                               what the score is
    ========  ====================================  ============================================
    cosine    the cosine of the angle               the effective rank of the directions, of
                                                    variances about the *origin*: at most ``d``
    gaussian  exp(-\|x - y\|^2 / 2 bandwidth^2);    can count more items than there are
              by default half the mean squared      dimensions
              distance for bandwidth^2
    callable  your matrix of all pairs, positive    what your kernel tells apart
              semi-definite, 1 on the diagonal
    ========  ====================================  ============================================

    A population has one score for every kernel; a sample of ``n`` items shows at most ``n`` of it,
    so compare samples of equal size. By cosine, unchanged by rotation, by the length of each item
    and by duplicates, and about ``d exp(-d / 2n)`` of uniform directions. With its default
    bandwidth the Gaussian kernel is unchanged by isometries and units. Costs ``n d^2`` by cosine,
    else ``n^3``.

    Examples
    --------
    Four items, two of a kind:

    >>> round(vendi_score([[1.0, 0.0], [2.0, 0.0], [0.0, 1.0], [0.0, 3.0]]), 12)
    2.0
    """
    _check_bandwidth(kernel, bandwidth)
    if kernel == "cosine":
        return effective_rank(unit_rows(z), order=order, centred=False)
    gram = _gram(z, kernel, bandwidth)
    shares = np.linalg.eigvalsh(gram / len(gram))
    shares = shares[shares > len(gram) * np.finfo(np.float64).eps]
    return hill_number(shares / shares.sum(), order)


def rke_score(
    z: Any, *, kernel: Kernel = "gaussian", bandwidth: float | None = None, unbiased: bool = False
) -> float:
    r""":math:`1 / \| K / n \|_F^2`, the number of modes: :func:`vendi_score` of order 2.

    One over the mean squared similarity ``p`` of two items, for which no eigenvalues are needed. An
    item is compared with itself too, as published, so that the mean of what is inverted is
    :math:`p + (1 - p) / n`; ``unbiased``, each is compared with the others only. By cosine it is
    the participation ratio of the second moment of the directions, and of uniform ones
    :func:`uniform_rke`. Kernels and invariances as there, but unbiased for duplicates. Costs
    ``n^2 d``. [jalali2023information]

    >>> round(rke_score([[1.0, 0.0], [2.0, 0.0], [0.0, 1.0], [0.0, 3.0]], kernel="cosine"), 12)
    2.0
    """
    _check_bandwidth(kernel, bandwidth)
    if kernel == "cosine":
        units = unit_rows(z)
        n = len(units)
        fewer = units if n < units.shape[1] else units.T
        total = np.square(fewer @ fewer.T).sum()
    elif kernel == "gaussian":
        rows = np.asarray(check_embeddings(z), np.float64)
        n, width = len(rows), _squared_bandwidth(rows, bandwidth)
        total = n + gaussian_kernel_sum(rows, 2 / width)
    else:
        gram = _gram(z, kernel, bandwidth)
        n, total = len(gram), np.square(gram).sum()
    if not unbiased:
        return float(n**2 / total)
    if not total > n * (1 + n * np.finfo(np.float64).eps):
        raise ValueError(
            f"`z` must hold items that resemble each other, got {n} that do not: the number of "
            "modes cannot be told from infinite. Add items, or pass unbiased=False."
        )
    return float(n * (n - 1) / (total - n))


def uniform_rke(items: int, dimensions: int) -> float:
    r"""One over the expected inverse of :func:`rke_score`, by cosine, of uniform directions.

    :math:`n d / (n + d - 1)`, exactly: an item is like itself, and like another by ``1 / d``.

    >>> uniform_rke(11, 10)
    5.5
    """
    return items * dimensions / (items + dimensions - 1)


def _check_bandwidth(kernel: Kernel, bandwidth: float | None) -> None:
    if not callable(kernel) and kernel not in ("cosine", "gaussian"):
        raise ValueError(
            f'`kernel` must be "cosine", "gaussian" or a function of the items, got {kernel!r}. '
            'Use "cosine".'
        )
    if bandwidth is not None and kernel != "gaussian":
        raise ValueError(
            f"`bandwidth` must be left out unless the kernel is gaussian, got {bandwidth}: no "
            'other kernel has one. Pass kernel="gaussian".'
        )


def _squared_bandwidth(z: NDArray[np.float64], bandwidth: float | None) -> float:
    if bandwidth is not None and not bandwidth > 0:
        raise ValueError(f"`bandwidth` must be positive, got {bandwidth}. Leave it out.")
    found = mean_squared_distance(z) / 2 if bandwidth is None else bandwidth**2
    if not found > 0:
        raise ValueError(
            "`z` must vary, got equal items: they have no distance to scale a kernel by. "
            "Pass a bandwidth."
        )
    return found


def _gram(z: Any, kernel: Kernel, bandwidth: float | None) -> NDArray[np.float64]:
    if not callable(kernel):
        return gaussian_gram(z, bandwidth)
    gram = np.asarray(kernel(z), np.float64)
    if gram.ndim != 2 or gram.shape != (len(z), len(z)) or not np.allclose(np.diag(gram), 1):
        raise ValueError(
            f"`kernel` must give a matrix {(len(z), len(z))} with ones on the diagonal, got shape "
            f"{gram.shape}: an item is wholly like itself. Divide by the roots of the diagonal."
        )
    return gram
