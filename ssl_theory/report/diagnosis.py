"""From embeddings to a report."""

import dataclasses
from collections.abc import Iterator
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ssl_theory.arrays import as_matrix, check_embeddings, rows_of
from ssl_theory.report.curves import curve
from ssl_theory.report.drawn import SAMPLE
from ssl_theory.report.gathering import gather
from ssl_theory.report.measurements import of_pair, of_view, on_a_sample
from ssl_theory.report.of_labels import of_labels
from ssl_theory.report.of_reference import of_reference
from ssl_theory.report.of_views import of_groups, of_views
from ssl_theory.report.value import Report
from ssl_theory.report.verdicts import judge

__all__ = ["diagnose"]


def diagnose(
    z: Any,
    views: Any = None,
    *,
    labels: ArrayLike | None = None,
    groups: ArrayLike | None = None,
    reference: Any = None,
    arithmetic: Literal["float64", "float32"] = "float64",
    source: str = "embeddings",
) -> Report:
    """Measure embeddings, by stated conventions, and say whether they have collapsed.

    What compares each item with all others is found from 4,096 items, drawn without replacement;
    everything else from all of them, in one pass.

    Parameters
    ----------
    z
        Embeddings ``(items, dimensions)``: an array, a tensor, a list of rows, a memory map, or an
        iterator of such batches, of any length: none is kept.
    views
        Second views of the same items, called ``w``: row ``i`` is the partner of row ``i`` of
        ``z``.
    labels
        The class of each item.
    groups
        Which items belong together, as the crops of one image or the frames of one video do: a
        label for each. Intervals take whole groups for what was drawn independently. Without
        them, every item was.
    reference
        The same items in the same order under another encoder, such as an earlier checkpoint; the
        number of dimensions may differ.
    arithmetic
        In what squares are summed. With float32, faster by about a third, variances below some
        ``1e-7`` of the largest cannot be told from rounding: where any are, arrays are read again
        in float64, and of streams the report says so.
    source
        What the report calls the embeddings.

    Returns
    -------
    Report
        Print it, show it in a notebook, or write it with ``to_html`` and ``to_json``.

    Raises
    ------
    TypeError, ValueError
        If an argument is not embeddings: not two-dimensional, not floating point, not finite.

    Examples
    --------
    Two hundred items along one line of a plane:

    >>> import numpy as np
    >>> line = np.random.default_rng(0).normal(size=(200, 1)) * [3.0, 4.0]
    >>> report = diagnose(line)
    >>> [verdict.kind.name for verdict in report.verdicts]
    ['RANK_DEFICIENT']
    >>> report["resolved rank"].value
    1
    """
    sources, names = ([z], ["z"]) if views is None else ([z, views], ["z", "w"])
    found = gather(sources, names, groups, single=_is_single(arithmetic))
    first, *others = found.views()
    again = not any(isinstance(source, Iterator) for source in sources)
    if arithmetic == "float32" and again and any(v.rank < v.limit for v in (first, *others)):
        found = gather(sources, names, groups)
        first, *others = found.views()
    measurements = of_view(first, found.blocks)
    if labels is not None:
        chosen = _of_items(labels, first.items, "labels")[found.places]
        said = of_labels(first.sample, chosen, blocks=found.blocks)
        measurements += on_a_sample(said, first)
    if groups is not None and not isinstance(z, Iterator):
        places = _whole_groups(np.asarray(groups))
        rows = np.asarray(rows_of(as_matrix(z)[places]), np.float64)
        measurements += of_groups(rows, np.asarray(groups)[places])
    if reference is not None:
        before = _sample(reference, first.items, found.places)
        measurements += on_a_sample(of_reference(first.sample, before), first)
    for other in others:
        assert found.pairs is not None  # of two views
        measurements += of_pair(first, other, found.pairs)
        measurements += on_a_sample(of_views(first.sample, other.sample), first)
        alone = of_view(other, found.blocks)
        measurements += [
            dataclasses.replace(m, name=f"{m.name} of w", group=f"{m.group} of w") for m in alone
        ]
    return Report(
        source,
        first.items,
        first.dimensions,
        " and ".join(dict.fromkeys(view.written for view in (first, *others))),
        tuple(verdict for view in (first, *others) for verdict in judge(view)),
        tuple(measurements),
        (curve(first, *others), *(curve(view, first) for view in others)),
        found.digest,
    )


def _of_items(labels: ArrayLike, items: int, name: str) -> NDArray:
    labels = np.asarray(labels)
    if labels.shape != (items,):
        raise ValueError(
            f"`{name}` must hold one for each of {items} items, got shape {labels.shape}. Give "
            "them in the order of the embeddings."
        )
    return labels


def _sample(reference: Any, items: int, places: NDArray[np.intp]) -> NDArray[np.float64]:
    """The rows of the reference that were drawn of the embeddings."""
    if isinstance(reference, Iterator):
        found = gather([reference], ["reference"], None)
        count = found.tallies[0].items
        rows: NDArray[np.floating] = found.samples[0]()
    else:
        matrix = as_matrix(reference, "reference")
        count = len(matrix)
        rows = rows_of(matrix[places[places < count]])
        check_embeddings(rows, "reference", minimum=1)
    if count != items:
        raise ValueError(
            f"`reference` must hold the same {items} items, got {count}. Embed the same items with "
            "both encoders."
        )
    return np.asarray(rows, np.float64)


def _whole_groups(groups: NDArray) -> NDArray[np.intp]:
    """Rows of groups drawn without replacement, as many as there is room for; all if that is so."""
    _, members, counts = np.unique(groups, return_inverse=True, return_counts=True)
    order = np.random.default_rng(0).permutation(len(counts))
    room = np.cumsum(counts[order]) <= SAMPLE
    chosen = np.zeros(len(counts), bool)
    chosen[order[room]] = True
    return np.flatnonzero(chosen[members])


def _is_single(arithmetic: str) -> bool:
    if arithmetic not in ("float32", "float64"):
        raise ValueError(
            f'`arithmetic` must be "float64" or "float32", got {arithmetic!r}. Use "float64" if in '
            "doubt."
        )
    return arithmetic == "float32"
