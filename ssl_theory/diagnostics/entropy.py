"""The entropy of a spectrum, in nats."""

import math
from typing import Any

from ssl_theory.diagnostics.rank import effective_rank

__all__ = ["matrix_entropy"]


def matrix_entropy(z: Any, *, order: float = 1.0, centred: bool = False) -> float:
    r"""Renyi's entropy :math:`\frac1{1-q} \log \sum_a p_a^q` of the shares of variance.

    The shares are the eigenvalues of the second moment scaled to trace 1, which are those of the
    Gram matrix ``z z^T`` scaled likewise. It is the logarithm of :func:`effective_rank`: order 1
    is von Neumann's, order 2 the logarithm of the participation ratio, infinity minus the
    logarithm of the largest share. [giraldo2015measures] [skean2025layer]

    The papers keep the mean, as here by default; put rows to length 1 first for the kernel they
    and the Vendi score call cosine. Unchanged by rotation and units of length; by translation
    only if centred. Biased low, for few items, as the effective rank is.

    >>> round(matrix_entropy([[1.0, 0.0], [0.0, 1.0]], order=2), 6)
    0.693147
    """
    return math.log(effective_rank(z, order=order, centred=centred))
