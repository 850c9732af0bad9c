"""How far a measurement may be from the population's, where leaving blocks out can tell."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from ssl_theory.diagnostics import intervals
from ssl_theory.diagnostics.intervals import Interval

__all__ = ["Blocks", "interval"]

Blocks = Sequence[NDArray[np.intp]]  # the rows of each exchangeable block


def interval(
    whole: float,
    without: Callable[[NDArray[np.intp]], float],
    blocks: Blocks,
    *,
    logarithmic: bool = False,
) -> Interval | None:
    """Jackknife bounds, or none where the statistic is undefined without one of the blocks.

    >>> x, blocks = np.array([1.0, 2.0, 6.0]), [np.array([0]), np.array([1]), np.array([2])]
    >>> interval(x.mean(), lambda block: np.delete(x, block).mean(), blocks).estimate
    3.0
    >>> interval(x.mean(), lambda block: np.delete(x, block).mean(), blocks[:1]) is None
    True
    """
    if len(blocks) < 2:
        return None
    counts = [len(block) for block in blocks]
    with np.errstate(all="ignore"):
        try:
            values = [without(block) for block in blocks]
            return intervals.interval(whole, values, counts, logarithmic=logarithmic)
        except ValueError:
            return None
