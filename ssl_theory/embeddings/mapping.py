"""Arrays on disk that give back the memory they have passed through."""

import mmap
import os
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Mapped", "mapped"]

KEPT = 2**26  # bytes read before what lies behind is given back
SCATTERED = 64  # rows taken one by one, for each of which the kernel may map megabytes


class Mapped(np.memmap):
    """A memory map of which little stays resident, however much of it is read in slices.

    The kernel would take the pages back only once memory is short, and counts them until then.
    """

    _read = 0

    def __getitem__(self, index: Any) -> Any:
        if not isinstance(self.base, mmap.mmap):  # but a slice of one
            return super().__getitem__(index)
        if _rows(index) > SCATTERED:
            pieces = range(0, len(index), SCATTERED)
            return np.concatenate([self[index[at : at + SCATTERED]] for at in pieces])
        found = super().__getitem__(index)
        self._read += getattr(found, "nbytes", 0)
        if (self._read > KEPT or not isinstance(index, slice)) and hasattr(mmap, "MADV_DONTNEED"):
            self.base.madvise(mmap.MADV_DONTNEED)  # they will come from the file again
            self._read = 0
        return found


def _rows(index: Any) -> int:
    """How many are asked for by number."""
    by_number = isinstance(index, np.ndarray) and index.ndim == 1 and index.dtype.kind in "iu"
    return len(index) if by_number else 0


def mapped(
    file: IO[bytes] | str | os.PathLike[str],
    dtype: np.dtype,
    shape: tuple[int, ...],
    *,
    start: int = 0,
    order: str = "C",
) -> NDArray:
    """The numbers of ``file`` from byte ``start`` on, to be read only.

    >>> mapped("no such file", np.dtype(float), (0, 3)).shape
    (0, 3)
    """
    if 0 in shape:
        return np.empty(shape, dtype)
    return Mapped(file, dtype, "r", start, shape, "F" if order == "F" else "C")
