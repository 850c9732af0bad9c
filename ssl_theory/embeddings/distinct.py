"""How many items are more than copies."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Distinct", "distinct_rows"]

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
    seen = Distinct()
    for start in range(0, len(z), ROWS):
        seen.add(z[start : start + ROWS])
    return seen.count


class Distinct:
    """Different rows among all that pass."""

    def __init__(self) -> None:
        self._seen: list[NDArray[np.int64]] = []

    def add(self, rows: NDArray) -> None:
        """Take in some rows."""
        rows = np.ascontiguousarray(rows + 0.0)
        hashes = np.fromiter((hash(row.tobytes()) for row in rows), np.int64, len(rows))
        self._seen.append(np.unique(hashes))

    @property
    def count(self) -> int:
        """How many different ones there were."""
        return len(np.unique(np.concatenate(self._seen))) if self._seen else 0
