"""From embeddings to a report."""

import dataclasses
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ssl_theory.report.curves import curve
from ssl_theory.report.gathering import gather
from ssl_theory.report.measurements import of_pair, of_view, on_a_sample
from ssl_theory.report.of_labels import of_labels
from ssl_theory.report.value import Report
from ssl_theory.report.verdicts import judge
from ssl_theory.report.view import View

__all__ = ["diagnose"]


def diagnose(
    z: Any,
    w: Any = None,
    *,
    labels: ArrayLike | None = None,
    groups: ArrayLike | None = None,
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
    w
        A second view of the same items: row ``i`` is the partner of row ``i`` of ``z``.
    labels
        The class of each item.
    groups
        Which items belong together, as the crops of one image or the frames of one video do: a
        label for each. Intervals take whole groups for what was drawn independently. Without
        them, every item was.
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
    sources, names = ([z], ["z"]) if w is None else ([z, w], ["z", "w"])
    found = gather(sources, names, groups)
    views = [View.of(*kept) for kept in zip(found.tallies, found.samples, strict=True)]
    first = views[0]
    measurements = of_view(first, found.blocks)
    if labels is not None:
        chosen = _of_items(labels, first.items, "labels")[found.places]
        said = of_labels(first.sample, chosen, blocks=found.blocks)
        measurements += on_a_sample(said, first)
    if found.pairs is not None:
        measurements += of_pair(*views, found.pairs)
        measurements += [
            dataclasses.replace(m, name=f"{m.name} of w") for m in of_view(views[1], found.blocks)
        ]
    return Report(
        source,
        first.items,
        first.dimensions,
        " and ".join(dict.fromkeys(view.written for view in views)),
        tuple(verdict for view in views for verdict in judge(view)),
        tuple(measurements),
        (curve(first, *views[1:]), *(curve(view, first) for view in views[1:])),
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
