"""One pass over one view, or over two side by side."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, zip_longest
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ssl_theory.arrays import as_matrix, check_partners, rows_of
from ssl_theory.embeddings import shown
from ssl_theory.report.dealing import WINDOW, Dealing
from ssl_theory.report.drawn import Drawn
from ssl_theory.report.pairs import Pairs
from ssl_theory.report.tally import Tally
from ssl_theory.report.view import View

__all__ = ["Gathered", "gather"]


@dataclass(frozen=True, eq=False)
class Gathered:
    """What one pass leaves."""

    tallies: list[Tally]
    pairs: Pairs | None
    places: NDArray[np.intp]  # of the items drawn
    blocks: list[NDArray[np.intp]]  # of the jackknife, each as a part of the items drawn
    samples: list[Callable[[], NDArray[np.float64]]]  # their rows, of each view
    digest: str  # of which item is in which block

    def views(self) -> list[View]:
        """Each with its items drawn."""
        return [View.of(*kept) for kept in zip(self.tallies, self.samples, strict=True)]


def gather(
    sources: Sequence[Any],
    names: Sequence[str],
    groups: ArrayLike | None = None,
    *,
    single: bool = False,
) -> Gathered:
    """Read every view once, window by window, and keep what does not grow with its length.

    Parameters
    ----------
    sources
        Arrays, tensors, memory maps, lists of rows, or iterators over any of those.
    names
        What messages call the views.
    groups
        A label for each item: those of one group are left out together.
    single
        Sum squares in float32, block by block.
    """
    views = [_View(source, name) for source, name in zip(sources, names, strict=True)]
    for view in views[1:]:
        view.check_partner_of(views[0])
    dimension = views[0].dimension
    dealing = Dealing(dimension, groups)
    tallies = [Tally(v.name, v.dtype, dimension, dealing.blocks, single=single) for v in views]
    pairs = Pairs() if len(views) == 2 else None
    drawn = Drawn(keep=any(view.matrix is None for view in views))
    with np.errstate(over="ignore", invalid="ignore"):  # what overflows is refused by its size
        _read(views, dealing, tallies, pairs, drawn)
    items = tallies[0].items
    if items < 2:
        raise ValueError(f"`{names[0]}` must hold at least 2 items, got a stream of {items}.")
    for tally in tallies:
        tally.non_finite.refuse(items)
    if groups is not None and len(np.asarray(groups)) != items:
        raise ValueError(_uneven(len(np.asarray(groups)), str(items)))
    blocks = [np.flatnonzero(drawn.blocks == block) for block in range(dealing.blocks)]
    return Gathered(
        tallies,
        pairs,
        drawn.places,
        [block for block in blocks if len(block)],
        [partial(_sample, view.matrix, drawn, k) for k, view in enumerate(views)],
        dealing.digest(items),
    )


def _sample(matrix: Any, drawn: Drawn, view: int) -> NDArray[np.float64]:
    rows = drawn.rows[view] if drawn.rows else rows_of(matrix[drawn.places])
    return np.asarray(rows, np.float64, order="C")


def _read(
    views: "list[_View]",
    dealing: Dealing,
    tallies: list[Tally],
    pairs: Pairs | None,
    drawn: Drawn,
) -> None:
    first, *others = (view.windows() for view in views)
    total = None if views[0].matrix is None else len(views[0].matrix)
    for windows in zip_longest(shown(first, views[0].name, total), *others):
        if any(window is None for window in windows):
            lengths = [f"{tally.items:,}" for tally in tallies]
            raise ValueError(
                "`z` and `w` must be two views of the same items, got streams of which one ended "
                f"after {' and the other after more than '.join(lengths)}. Drop the items that "
                "lack a partner."
            )
        start = tallies[0].items
        dealt = dealing(start, len(windows[0]))
        if len(dealt) < len(windows[0]):
            raise ValueError(_uneven(start + len(dealt), f"more than {start + len(dealt)}"))
        largest = [tally.add(rows, dealt) for tally, rows in zip(tallies, windows, strict=True)]
        drawn.add(start, windows, dealt)
        if pairs is not None and not any(tally.non_finite.count for tally in tallies):
            pairs.add(windows[0], windows[1], largest)


def _uneven(labels: int, items: str) -> str:
    return (
        f"`groups` must hold one label for each of {items} items, got {labels}. Give items "
        "that belong together the same label."
    )


class _View:
    """A source, and its windows."""

    def __init__(self, source: Any, name: str) -> None:
        self.name = name
        self.matrix = None
        if isinstance(source, Iterator):
            first = next(source, None)
            if first is None:
                raise ValueError(f"`{name}` must hold at least 2 items, got an empty stream.")
            head = as_matrix(first, name, minimum=0)
            self._stream = chain([head], source)
        else:
            head = self.matrix = as_matrix(source, name)
        self.dimension = head.shape[1]
        self.dtype = str(head.dtype).removeprefix("torch.")

    def check_partner_of(self, other: "_View") -> None:
        if self.matrix is not None and other.matrix is not None:
            check_partners(other.matrix.shape, self.matrix.shape)
        elif self.dimension != other.dimension:
            raise ValueError(
                f"`{self.name}` must have the {other.dimension} dimensions of `{other.name}`, got "
                f"{self.dimension}. Embed both views with one encoder."
            )

    def windows(self) -> Iterator[NDArray[np.floating]]:
        """Some rows at a time, one behind the other in memory: sums then round alike."""
        yield from map(np.ascontiguousarray, self._windows())

    def _windows(self) -> Iterator[NDArray[np.floating]]:
        if self.matrix is not None:
            starts = range(0, len(self.matrix), WINDOW)
            yield from (rows_of(self.matrix[start : start + WINDOW]) for start in starts)
            return
        waiting: list[NDArray[np.floating]] = []
        for batch in self._stream:
            rows = self._checked(batch)
            while sum(map(len, waiting)) + len(rows) >= WINDOW:
                cut = WINDOW - sum(map(len, waiting))
                yield np.concatenate([*waiting, rows[:cut]])
                waiting, rows = [], rows[cut:]
            waiting.append(rows)
        if any(map(len, waiting)):
            yield np.concatenate(waiting)

    def _checked(self, batch: Any) -> NDArray[np.floating]:
        batch = as_matrix(batch, self.name, minimum=0)
        dtype = str(batch.dtype).removeprefix("torch.")
        if (batch.shape[1], dtype) != (self.dimension, self.dtype):
            raise ValueError(
                f"`{self.name}` must be a stream of batches alike, got {batch.shape[1]} dimensions "
                f"of {dtype} after {self.dimension} of {self.dtype}. Embed all items with one "
                "encoder."
            )
        return rows_of(batch)
