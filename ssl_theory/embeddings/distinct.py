"""How many items are more than copies."""

import numpy as np
from numpy.typing import ArrayLike

__all__ = ["distinct_rows"]

ROWS = 4096  # hashed at a time


def distinct_rows(z: ArrayLike) -> int:
    """The number of different rows of ``z``: ``m`` of them span at most ``m - 1`` directions.

    Rows are compared bit by bit (but ``-0.0`` is ``0.0``) through 64-bit hashes, so the count may
    fall short by one where two of ``m`` rows share a hash: a chance of about ``m**2 / 4e19``.

    Examples
    --------
    >>> distinct_rows([[1.0, 2.0], [3.0, 4.0], [1.0, 2.0]])
    2
    """
    z = np.asanyarray(z)
    seen = np.empty(0, np.int64)
    for start in range(0, len(z), ROWS):
        rows = np.ascontiguousarray(z[start : start + ROWS] + 0.0)
        hashes = np.fromiter((hash(row.tobytes()) for row in rows), np.int64, len(rows))
        seen = np.concatenate([seen, hashes])
    return len(np.unique(seen))
