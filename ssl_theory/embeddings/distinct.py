"""How many items are more than copies."""

from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Distinct", "distinct_rows"]

ROWS = 4096  # read at a time
PIECE = 2**19  # bytes hashed at a time, which fit in a cache


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
        self._seen: list[NDArray[np.uint64]] = []

    def add(self, rows: NDArray) -> None:
        """Take in some rows."""
        step = max(PIECE // rows[0].nbytes, 1) if len(rows) else 1
        pieces = (rows[start : start + step] for start in range(0, len(rows), step))
        self._seen.append(np.unique(np.concatenate([_hashes(piece) for piece in pieces])))

    @property
    def count(self) -> int:
        """How many different ones there were."""
        if not self._seen:
            return 0
        seen = np.concatenate(self._seen)
        seen.sort()  # in place, where a table of hashes would take several times the memory
        return 1 + int(np.count_nonzero(seen[1:] != seen[:-1]))


def _hashes(rows: NDArray) -> NDArray[np.uint64]:
    """Sums of words, each mixed by two odd multipliers of its own."""
    rows = np.ascontiguousarray(rows + 0.0)
    octets = rows.view(np.uint8).reshape(len(rows), -1)
    if short := -octets.shape[1] % 8:
        octets = np.pad(octets, ((0, 0), (0, short)))
    words = octets.view(np.uint64)
    one, other = _multipliers(words.shape[1])
    words *= one
    words ^= words >> np.uint64(32)
    words *= other
    return words.sum(1)


@cache
def _multipliers(words: int) -> NDArray[np.uint64]:
    drawn = np.random.default_rng(0).integers(2**63, size=(2, words), dtype=np.uint64)
    return 2 * drawn + np.uint64(1)
