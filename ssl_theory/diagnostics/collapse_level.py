"""lightly's alarm for collapse, and what it does not hear."""

from typing import Any, Literal

from ssl_theory.diagnostics.sphere import coordinate_deviation
from ssl_theory.diagnostics.unit_rows import unit_rows

__all__ = ["collapse_level"]


def collapse_level(z: Any, *, ddof: Literal[0, 1] = 1) -> float:
    r""":math:`\max(0, 1 - \sqrt d\,s)` with the mean deviation ``s`` of coordinates of unit rows.

    1 if all items point the same way and 0 in the limit for uniform directions. lightly's tutorial
    follows a running mean of ``s`` over batches; this is of one sample. [chen2021simsiam]

    As :func:`~ssl_theory.diagnostics.sphere.coordinate_deviation`, it sees a common direction, and
    coordinates that vary unequally, and in a generic basis it is **blind to lost dimensions**: of
    items that fill half the dimensions, turned at random, it is near 0. Unchanged by the length of
    each item (and by duplicates with ``ddof=0``), not by rotation. Costs ``n d``.

    >>> collapse_level([[1.0, 1.0], [2.0, 2.0]])
    1.0
    >>> collapse_level([[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0], [0.0, -1.0]])
    0.0
    """
    units = unit_rows(z)
    return max(0.0, 1 - units.shape[1] ** 0.5 * coordinate_deviation(units, ddof=ddof))
