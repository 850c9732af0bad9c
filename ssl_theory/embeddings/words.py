"""Labels that are text, as numpy holds them: every one as wide as the longest."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["words"]

LONGEST = 1000  # characters of a label, because all of them will take as much room


def words(path: Path, blocks: Iterable[ArrayLike]) -> NDArray[np.str_]:
    """The labels in blocks of text or of UTF-8, one behind the other.

    >>> words(Path("labels.h5"), [["cat", "dog"], np.array([b"bird"])]).tolist()
    ['cat', 'dog', 'bird']
    """
    parts = [_text(path, block) for block in blocks]
    return np.concatenate(parts) if parts else np.empty(0, "U1")


def _text(path: Path, block: ArrayLike) -> NDArray[np.str_]:
    if isinstance(block, np.ndarray) and block.dtype.kind in "SU":
        longest = block.dtype.itemsize // (4 if block.dtype.kind == "U" else 1)
    else:
        block = np.asarray(block, object)
        longest = max(map(len, block.flat), default=0)
    if longest > LONGEST:
        raise ValueError(
            f"`{path}` must hold labels of at most {LONGEST:,} characters, got {longest:,}. Save "
            "np.unique(labels, return_inverse=True)[1]."
        )
    if block.dtype.kind == "S":
        return np.char.decode(block, "utf-8")
    text = block.astype(str)
    np.char.encode(text, "utf-8")  # raises where there are numbers of no characters
    return text
