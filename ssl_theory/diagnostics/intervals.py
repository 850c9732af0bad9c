"""Between which values the population's lies: leave a block out, and see how far that moves."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import add
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import t as student

__all__ = [
    "Interval",
    "change",
    "dealt_blocks",
    "exchangeable_blocks",
    "interval",
    "jackknife",
    "leaving_one_out",
]


@dataclass(frozen=True)
class Interval:
    """An estimate with its bias taken off, and bounds that cover the truth at the given level."""

    low: float
    estimate: float
    high: float
    level: float
    plug_in: float  # the statistic of all items, bias and all
    counts: tuple[int, ...] = field(repr=False)  # items in each block
    pseudo: tuple[float, ...] = field(repr=False)  # of each block, of the logarithm if asked for
    logarithmic: bool

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

    @property
    def blocks(self) -> int:
        """Parts that took turns to be left out."""
        return len(self.counts)


def jackknife(
    statistic: Callable[[Any], float],
    parts: Sequence[Any],
    *,
    level: float = 0.95,
    logarithmic: bool = True,
    method: str = "jackknife",
) -> Interval:
    r"""The delete-a-block jackknife: bias, and spread, from what each block's absence changes.

    With :math:`h_j = n / m_j` for a block of :math:`m_j` items, each block has the pseudo-value
    :math:`h_j \hat\theta - (h_j - 1) \hat\theta_{(-j)}`. Their weighted mean is the estimate, free
    of bias of order ``1 / n``; their spread is its variance, with which Student's law of
    ``blocks - 1`` degrees of freedom makes bounds. [busing1999delete]

    Parameters
    ----------
    statistic
        A function of items, or of their moments: of whatever ``parts`` are made of.
    parts
        The blocks, as arrays or, much cheaper for large ones, as moments. Items that belong
        together (all views of an image, all frames of a video) must share a block: see
        :func:`exchangeable_blocks`. Otherwise bounds are too narrow by about the root of how many
        there are.
    level
        How often the bounds shall cover the population's value.
    logarithmic
        Whether to work with the logarithm, as is right for sizes and counts of directions.
    method
        Only ``"jackknife"``. The bootstrap, and subsampling without correction, are refused:
        a sample with repeats has fewer distinct items, so its spectrum is more uneven than the
        data's, by more than the width of the interval. Neither covers, however often repeated.

    Returns
    -------
    Interval
        Around the corrected estimate; ``plug_in`` is the uncorrected one. The correction is of
        the first order: the unbiased participation ratio is covered from 4 items for each
        dimension on, ranks by entropy from some 16 on.

    Examples
    --------
    For a mean it is the textbook's interval, with the mean in the middle:

    >>> blocks = [np.array([[1.0]]), np.array([[2.0]]), np.array([[6.0]])]
    >>> jackknife(np.mean, blocks, logarithmic=False).estimate
    3.0
    """
    if method != "jackknife":
        raise ValueError(
            f'`method` must be "jackknife", got {method!r}: resampling repeats items, and repeats '
            "make any spectrum more uneven, so that its intervals hardly ever cover the truth "
            'where dimensions are not few beside items. Use "jackknife".'
        )
    if len(parts) < 2:
        raise ValueError(
            f"`parts` must be at least 2 blocks, got {len(parts)}: leaving out the only one leaves "
            "nothing. Give some 20, for bounds that are steady themselves."
        )
    if not 0 < level < 1:
        raise ValueError(f"`level` must lie between 0 and 1, got {level}. Use 0.95.")
    counts = np.array([len(p) if isinstance(p, np.ndarray) else p.count for p in parts])
    whole = statistic(_merged(parts))
    without = [statistic(rest) for rest in leaving_one_out(parts)]
    return interval(whole, without, counts.tolist(), level=level, logarithmic=logarithmic)


def interval(
    whole: float,
    without: Sequence[float],
    counts: Sequence[int],
    *,
    level: float = 0.95,
    logarithmic: bool = True,
) -> Interval:
    """The jackknife of a statistic whose values, of all items and without each block, are known.

    >>> round(interval(3.0, [4.0, 3.5, 1.5], [1, 1, 1], logarithmic=False).high, 6)
    9.572411
    """
    scale = np.log if logarithmic else np.asarray
    middle = float(scale(_checked(whole, logarithmic)))
    others = np.array([scale(_checked(value, logarithmic)) for value in without])
    sizes = np.asarray(counts)
    ratios = sizes.sum() / sizes
    return _bounds(middle, ratios * middle - (ratios - 1) * others, sizes, level, logarithmic)


def change(before: Interval, after: Interval) -> Interval:
    """How much larger a statistic became: the quotient, or the difference if not logarithmic.

    Both must be of the same items in the same blocks. What is particular to these items then
    happens to both alike and cancels, so the bounds are tighter than of two separate samples.

    >>> blocks = [np.array([[1.0]]), np.array([[2.0]]), np.array([[6.0]])]
    >>> mean = jackknife(np.mean, blocks)
    >>> double = jackknife(np.mean, [2 * block for block in blocks])
    >>> round(change(mean, double).estimate, 12)
    2.0
    """
    if (before.counts, before.logarithmic) != (after.counts, after.logarithmic):
        raise ValueError(
            f"`before` and `after` must be of the same blocks and scale, got {before.blocks} of "
            f"{sum(before.counts)} items and {after.blocks} of {sum(after.counts)}. Embed the same "
            "items with both encoders."
        )
    scale = np.log if before.logarithmic else np.asarray
    whole = float(scale(after.plug_in) - scale(before.plug_in))
    pseudo = np.subtract(after.pseudo, before.pseudo)
    return _bounds(whole, pseudo, np.array(before.counts), before.level, before.logarithmic)


def _bounds(
    whole: float,
    pseudo: NDArray[np.float64],
    counts: NDArray[np.intp],
    level: float,
    logarithmic: bool,
) -> Interval:
    ratios = counts.sum() / counts
    centre = float(np.sum(pseudo / ratios))
    error = np.sqrt(np.mean((pseudo - centre) ** 2 / (ratios - 1)))
    reach = student.ppf((1 + level) / 2, len(counts) - 1) * error
    back = np.exp if logarithmic else np.asarray
    low, middle, high, plug_in = (
        float(back(x)) for x in (centre - reach, centre, centre + reach, whole)
    )
    kept = tuple(counts.tolist()), tuple(pseudo.tolist())
    return Interval(low, middle, high, level, plug_in, *kept, logarithmic)


def exchangeable_blocks(
    items: int, *, groups: ArrayLike | None = None, blocks: int = 20, seed: int = 0
) -> list[NDArray[np.intp]]:
    """The rows of each block: whole groups, dealt out at random.

    At random, because files are often sorted (by class, by time), and a block must be a sample
    like any other. Without ``groups`` every item is its own.

    >>> [rows.tolist() for rows in exchangeable_blocks(4, groups=["a", "b", "a", "b"], blocks=2)]
    [[0, 2], [1, 3]]
    """
    labels = np.arange(items) if groups is None else np.asarray(groups)
    if labels.shape != (items,):
        raise ValueError(
            f"`groups` must hold one label for each of {items} items, got shape {labels.shape}. "
            "Give items that belong together the same label."
        )
    dealt = dealt_blocks(labels, blocks=blocks, seed=seed)
    return [np.flatnonzero(dealt == block) for block in range(dealt.max() + 1)]


def dealt_blocks(groups: NDArray, *, blocks: int = 20, seed: int = 0) -> NDArray[np.intp]:
    """The block that each item is in, from the group that it is in, whatever that is called."""
    names, first, unit = np.unique(groups, return_index=True, return_inverse=True)
    if blocks < 2 or len(names) < 2:
        raise ValueError(
            f"`blocks` must be at least 2 of at least 2 groups, got {blocks} of {len(names)}: "
            "what does not repeat has no spread. Give more groups."
        )
    order = np.random.default_rng(seed).permutation(len(names))
    appearance = np.argsort(np.argsort(first))
    return (order[appearance] % min(blocks, len(names)))[unit]


def _merged(parts: Sequence[Any]) -> Any:
    return np.concatenate(parts) if isinstance(parts[0], np.ndarray) else reduce(add, parts)


def leaving_one_out(parts: Sequence[Any]) -> Iterator[Any]:
    """All but the first of ``parts``, all but the second, and so on, one at a time."""
    if isinstance(parts[0], np.ndarray) or sum(p.count for p in parts) <= parts[0].dimension:
        for j in range(len(parts)):
            yield _merged([*parts[:j], *parts[j + 1 :]])
    else:
        total = _merged(parts)
        for part in parts:
            yield total - part


def _checked(value: float, logarithmic: bool) -> float:
    if not np.isfinite(value) or (logarithmic and value <= 0):
        raise ValueError(
            f"`statistic` must be {'positive' if logarithmic else 'finite'} without any one block, "
            f"got {value}. Use fewer blocks"
            + (", or logarithmic=False." if logarithmic else ", or more items.")
        )
    return value
