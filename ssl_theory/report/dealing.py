"""Which items are left out together when an interval is found."""

import hashlib

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ssl_theory.diagnostics.intervals import dealt_blocks

__all__ = ["WINDOW", "Dealing"]

WINDOW = 4096  # rows that are read at a time
SEED = 0


class Dealing:
    """The block of the jackknife that each item is in: a pure function of its place, or its group.

    Up to 512 dimensions there are 20 blocks, up to 2,048 there are 10. Above, there is one, and no
    interval: covariances of blocks would take more memory than the embeddings usually do.
    """

    def __init__(self, dimension: int, groups: ArrayLike | None = None) -> None:
        self.blocks = 20 if dimension <= 512 else 10 if dimension <= 2048 else 1
        self._dealt = None
        if groups is not None and self.blocks > 1:
            self._dealt = dealt_blocks(np.asarray(groups), blocks=self.blocks, seed=SEED)
            self.blocks = int(self._dealt.max()) + 1

    def __call__(self, start: int, rows: int) -> NDArray[np.intp]:
        """The blocks of the rows from number ``start`` on, a multiple of the window."""
        if self._dealt is not None:
            return self._dealt[start : start + rows]
        generator = np.random.default_rng([SEED, start // WINDOW])
        if start == 0 and rows < WINDOW:  # these are all: make blocks of one size
            return generator.permutation(rows) % self.blocks
        return generator.integers(self.blocks, size=rows)

    def digest(self, items: int) -> str:
        """Equal for equally many items in the same blocks."""
        dealt = b"" if self._dealt is None else self._dealt.astype(np.uint8).tobytes()
        return hashlib.sha256(f"{items} {self.blocks} {SEED}".encode() + dealt).hexdigest()[:16]
