"""How many directions training has given up."""

from typing import Any

import numpy as np

from ssl_theory.arrays import check_embeddings
from ssl_theory.diagnostics.rank import effective_rank
from ssl_theory.diagnostics.unit_rows import unit_rows

__all__ = ["diff_erank", "direction_rank"]


def diff_erank(untrained: Any, trained: Any) -> float:
    r""":func:`direction_rank` of the embeddings before training less that after it.

    Positive where training has discarded redundant directions, which the paper takes for the
    better the larger; *RankMe reads the same change as a loss*. The rows need not be the same
    items, but the two numbers should be of equally many: each is biased low by how few there are,
    and only in a difference of like with like does that bias nearly cancel. Two encoders of
    isotropic noise have 0. Costs two spectra. [wei2024differank]

    >>> round(diff_erank([[1.0, 0], [-1, 0], [0, 1], [0, -1]], [[1.0, 0], [-1, 0]]), 12)
    1.0
    """
    return direction_rank(untrained) - direction_rank(trained)


def direction_rank(z: Any) -> float:
    r"""The effective rank of the directions in which items lie from their mean.

    The mean is taken off, rows are brought to length 1, and the entropy of the shares of the
    eigenvalues of :math:`\tfrac1n \sum u_i u_i^\top` is exponentiated. The directions have a small
    mean of their own, which *stays*. So an item counts as much as any other, however far out it
    is: heavy tails do not dominate, and clusters near the mean do not vanish. Of elliptical items
    it depends on the shape of their covariance alone.

    Between 1 and ``d``; about ``d exp(-d / 2n)`` of isotropic items. Unchanged by rotation,
    translation, units and duplicates. Costs a spectrum. [wei2024differank]

    >>> round(direction_rank([[9.0, 0.0], [-9.0, 0.0], [0.0, 1.0], [0.0, -1.0]]), 12)
    2.0
    """
    z = np.asarray(check_embeddings(z), np.float64)
    return effective_rank(unit_rows(z - z.mean(0)), centred=False)
