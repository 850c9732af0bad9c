"""Some items that stand for all, drawn while it is unknown how many there will be."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["SAMPLE", "Drawn"]

SAMPLE = 4096


class Drawn:
    """Items drawn without replacement: those of the smallest random keys.

    Views of the same items have the same rows drawn. Rows are kept only of streams: those of an
    array can be fetched once it is known which they are.
    """

    def __init__(self, *, keep: bool) -> None:
        self.places = np.empty(0, np.intp)  # row numbers, in order
        self.blocks = np.empty(0, np.intp)  # of each of them
        self.rows: list[NDArray] | None = None  # of each view, if they are kept
        self._keep = keep
        self._keys = np.empty(0)
        self._generator = np.random.default_rng(0)

    def add(self, start: int, views: Sequence[NDArray], blocks: NDArray[np.intp]) -> None:
        """Look at the rows from number ``start`` on, and at the blocks they are in."""
        keys = self._generator.random(len(views[0]))
        limit = self._keys.max() if len(self._keys) == SAMPLE else np.inf
        (new,) = np.nonzero(keys < limit)
        if not len(new):
            return
        keys = np.concatenate([self._keys, keys[new]])
        stay = np.sort(np.argpartition(keys, SAMPLE)[:SAMPLE]) if len(keys) > SAMPLE else ...
        self._keys = keys[stay]
        self.places = np.concatenate([self.places, new + start])[stay]
        self.blocks = np.concatenate([self.blocks, blocks[new]])[stay]
        if self._keep:
            before = self.rows or [view[:0] for view in views]
            pairs = zip(before, views, strict=True)
            self.rows = [np.concatenate([rows, view[new]])[stay] for rows, view in pairs]
