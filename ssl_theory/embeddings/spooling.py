"""Blocks of rows become one array on disk, so that what cannot be mapped still fits in memory."""

import shutil
import tempfile
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from ssl_theory.embeddings.mapping import mapped
from ssl_theory.embeddings.progress import shown

__all__ = ["ROWS", "check_room", "spooled"]

ROWS = 4096  # to a block, where the format leaves the choice
RESERVE = 2**28  # bytes of the disk that are left to others


def spooled(blocks: Iterable[NDArray], name: str, total: int | None = None) -> NDArray:
    """The blocks below each other, in a temporary file that vanishes with the array.

    ``total`` is how many rows there will be, where that is known.

    Raises
    ------
    OSError
        If the folder for temporary files has no room.
    ValueError
        If a block has another width or dtype than those before it.

    Examples
    --------
    >>> spooled(iter([np.eye(2), np.ones((1, 2))]), "z.csv").tolist()
    [[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]
    """
    rows, width, dtype = 0, 0, np.dtype(np.float64)
    with tempfile.TemporaryFile(prefix="ssl-theory-") as file:
        for index, block in enumerate(shown(blocks, name, total)):
            if block.ndim != 2:
                raise ValueError(
                    f"`{name}` must have shape (items, dimensions), got a block of shape "
                    f"{block.shape}. Flatten extra axes first."
                )
            if block.dtype.kind not in "biufc":
                raise TypeError(
                    f"`{name}` must hold numbers, got {block.dtype}. Convert with astype(float)."
                )
            if not index:
                width, dtype = block.shape[1], block.dtype
            if (block.shape[1], block.dtype) != (width, dtype):
                raise ValueError(
                    f"`{name}` must have {width} dimensions of {dtype} throughout, got "
                    f"{block.shape[1]} of {block.dtype} in block {index}. Give every item the same."
                )
            check_room(name, block.nbytes)
            file.write(np.ascontiguousarray(block).tobytes())
            rows += len(block)
        file.flush()
        return mapped(file, dtype, (rows, width))


def check_room(name: str, size: int) -> None:
    """Refuse to write ``size`` bytes where they would fill the disk."""
    folder = tempfile.gettempdir()
    free = shutil.disk_usage(folder).free
    if size + RESERVE > free:
        raise OSError(
            f"`{name}` must fit into the folder for temporary files, got {size:,} bytes for the "
            f"{free:,} that are free in {folder}. Set TMPDIR to a larger disk, or save a .npy file."
        )
